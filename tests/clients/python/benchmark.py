"""Pulls a table as CSV beside `psql \\copy` of the same view: first byte, throughput, and what the service keeps in memory.

Usage: benchmark.py ADDRESS TOKEN_OF_VNG PID_OF_THE_SERVICE "PSQL ARGUMENTS OF A SUPERUSER" [TABLE]

For a demo at a hundred versions of each municipality:

    stm demo --scale 100; stm serve
    benchmark.py http://127.0.0.1:8080 $STM_TOKEN_VNG $(pgrep -x stm) "-h .stm/postgres/socket -U postgres -d stm"

Each is done three times in turns, so that both meet the same machine; the best of each is compared.
"""

import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import time

import requests

address, token, pid, psql = sys.argv[1:5]
table = sys.argv[5] if len(sys.argv) > 5 else "fact_answer_history"


def resident():
    """Megabytes at most since the service began."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024


def pulled():
    """Seconds to the first byte and to the last, and how many lines there were."""
    began, first, lines = time.monotonic(), None, 0
    headers = {"authorization": f"Bearer {token}", "accept-encoding": "identity"}
    with requests.get(f"{address}/v1/feeds/{table}.csv", headers=headers, stream=True) as answer:
        answer.raise_for_status()
        for chunk in answer.iter_content(1 << 20):
            first = first or time.monotonic() - began
            lines += chunk.count(b"\n")
    return first, time.monotonic() - began, lines, answer.headers


def first_byte():
    began = time.monotonic()
    headers = {"authorization": f"Bearer {token}", "accept-encoding": "identity"}
    with requests.get(f"{address}/v1/feeds/{table}.csv", headers=headers, stream=True) as answer:
        answer.raw.read(1)
        return time.monotonic() - began


def copied(ledger, day):
    """Seconds in which psql copies the view to a file, as the service's role and with the same scope."""
    with tempfile.NamedTemporaryFile() as file:
        settings = {"role": "VNG", "ledger_no": ledger, "day": day, "partner": "vng"}
        commands = ["set role stm_app", "set jit = off", "set timezone = 'UTC'"]
        commands += [f"set app.{name} = '{value}'" for name, value in settings.items()]
        commands += [f"\\copy (select * from bi.{table}) to '{file.name}' csv header"]
        arguments = [part for command in commands for part in ("-c", command)]
        began = time.monotonic()
        subprocess.run(["psql", "-q", "-v", "ON_ERROR_STOP=1", *shlex.split(psql), *arguments], check=True)
        return time.monotonic() - began, pathlib.Path(file.name).read_bytes().count(b"\n")


firsts, pulls, copies = [], [], []
for _ in range(3):
    firsts.append(first_byte())
    first, seconds, lines, headers = pulled()
    firsts.append(first)
    pulls.append(seconds)
    seconds, copied_lines = copied(headers["stm-ledger"], headers["stm-day"])
    copies.append(seconds)
    print(f"pulled in {pulls[-1]:.1f} s, copied in {copies[-1]:.1f} s")
    if lines != copied_lines:
        sys.exit(f"{lines} lines were pulled and {copied_lines} copied")
print(f"{table}: {lines - 1} rows")
print(f"first byte {min(firsts) * 1000:.0f} ms at best, {max(firsts) * 1000:.0f} ms at worst")
print(f"throughput {min(copies) / min(pulls):.2f} of psql")
print(f"service {resident():.0f} MB at most")
