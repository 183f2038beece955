"""Writes api/assets/licenses.txt, which `stm licenses` prints: what of others is in the program, under which licence, with the
texts that go with it. Run it after Cargo.lock changed: python3 tests/clients/packages/licenses.py. A test holds the list to
Cargo.lock. Builds nothing; needs cargo, and the sources of the crates (cargo fetch)."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
TARGETS = ("x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu")
# Where a crate leaves the choice, its shortest text.
CHOICES = ("MIT", "ISC", "ZLIB", "BSD", "APACHE")


def output(*arguments):
    return subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def in_program():
    """Crates of others that the program is linked from, with their licences."""
    found = {}
    for target in TARGETS:
        lines = output("cargo", "tree", "--locked", "--edges", "normal", "--package", "api", "--target", target, "--prefix", "none", "--format", "{p}|{l}")
        for line in lines.splitlines():
            # A crate that stood there before has a star behind it; one of ours has a path.
            crate, _, licence = line.removesuffix(" (*)").partition("|")
            name, version = re.match(r"(\S+) v(\S+)", crate).groups()
            if "(/" not in crate:
                # What older crates write with a slash is a choice.
                found[name, version] = re.sub(r"\s*/\s*", " OR ", licence)
    return found


def texts(name, version):
    """The texts of a crate: one of those among which it leaves the choice, and its notices."""
    [folder] = list(Path.home().glob(f".cargo/registry/src/*/{name}-{version}"))[:1]
    files = sorted(one for one in folder.iterdir() if re.match(r"(licen[cs]e|copying|notice|unlicense)", one.name, re.I) and one.is_file())
    choice = next((files_ for kind in CHOICES if (files_ := [one for one in files if kind in one.name.upper()])), None)
    several = [one for one in files if any(kind in one.name.upper() for kind in CHOICES)]
    kept = files if len(several) < 2 or choice is None else [one for one in files if one in choice or one not in several]
    return ["\n".join(line.rstrip() for line in one.read_text(errors="replace").strip().splitlines()) for one in kept]


program = in_program()
locked = set(re.findall(r'\[\[package\]\]\nname = "(.*)"\nversion = "(.*)"\nsource = ', (ROOT / "Cargo.lock").read_text()))
assert set(program) <= locked, set(program) - locked
crates_of = {}
for name, version in sorted(program):
    for text in texts(name, version):
        crates_of.setdefault(text, []).append(f"{name} {version}")
lines = ["What of others is in this program, and under which licence. The program itself is under the EUPL-1.2. A crate that brings no text of its",
         "licence is named in the list alone; the text of that licence stands with others.", "", "== In the program", ""]
lines += [f"{name} {version}: {licence}" for (name, version), licence in sorted(program.items())]
lines += ["", "== Only to build and test it, or on other machines", ""]
lines += [f"{name} {version}" for name, version in sorted(locked - set(program))]
lines += ["", "== Texts", ""]
for text, crates in sorted(crates_of.items(), key=lambda item: item[1]):
    lines += ["-- " + ", ".join(crates), "", text, ""]
file = ROOT / "api/assets/licenses.txt"
file.write_text("\n".join(lines))
print(f"{len(program)} crates, {len(crates_of)} texts, {file.stat().st_size // 1024} kB")
