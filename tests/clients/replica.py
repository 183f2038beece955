"""A standby that is made by the commands of the operator's guide, read by two instances: nobody ever reads older than its own
write, whatever the standby lacks, and nobody notices when it ends statements or is away. Called by own-postgres.sh."""

import json
import os
import re
import subprocess
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from operation import ACCOUNT, FOLDER, PG_BIN, STM, free_port, get, metric, refused, run, serve, stop, until

GUIDE = Path(__file__).resolve().parents[2] / "api/docs/en/operator.md"
TURNS = int(os.environ.get("REPLICA_TURNS", "200"))
MAILBOXES = "{ functionalMailboxes { nodes { address } } }"
standby_port = free_port()
control = [*ACCOUNT, f"{PG_BIN}/pg_ctl", "-D", str(FOLDER / "standby"), "-l", str(FOLDER / "standby.log"), "-w", "-t", "60"]
address = lambda port, login="stm_app:a": f"postgres://{login}@127.0.0.1:{port}/stm"


def standby(*arguments):
    subprocess.run([*control, *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/")


def start_standby():
    standby("-o", f"-p {standby_port}", "start")


def sql(port, text):
    done = subprocess.run([f"{PG_BIN}/psql", "-AtXq", "-p", str(port), "-c", text], capture_output=True, text=True)
    assert done.returncode == 0, (text, done.stderr)
    return done.stdout.strip()


primary = lambda text: sql(os.environ["PGPORT"], text)


def replica(text):
    """What stood in the way of what is replayed, as after a pause, is asked once more: the standby ends it."""
    while True:
        try:
            return sql(standby_port, text)
        except AssertionError as error:
            if "conflict with recovery" not in str(error):
                raise


def ask(port, query, **variables):
    """The data, as VNG; whatever else is answered is a failure."""
    body = json.dumps({"query": query, "variables": variables}).encode()
    headers = {
        "content-type": "application/json", "accept": "application/graphql-response+json",
        "authorization": f"Bearer {os.environ['STM_TOKEN_VNG']}",
    }
    request = urllib.request.Request(f"http://127.0.0.1:{port}/v1/graphql", body, headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            answer = json.load(response)
    except urllib.error.HTTPError as error:
        raise AssertionError((error.code, error.read().decode())) from error
    assert "errors" not in answer, answer
    return answer["data"]


def change(port, mutation, **given):
    kind = mutation[0].upper() + mutation[1:]
    query = f"mutation ($input: {kind}Input!) {{ {mutation}(input: $input) {{ errors {{ code message {{ en }} }} }} }}"
    data = ask(port, query, input=given)
    assert data == {mutation: {"errors": []}}, data


def reads(ports, target):
    return sum(metric(port, rf'stm_reads_total\{{target="{target}"\}}') for port in ports)


@contextmanager
def two_instances():
    ports = free_port(), free_port()
    instances = [serve(f"127.0.0.1:{port}", DATABASE_READ_URL=address(standby_port)) for port in ports]
    for port in ports:
        until(lambda: get(port, "/health/ready")[0] == 200, "an instance is ready")
    yield ports, instances
    for instance in instances:
        stop(instance)


def caught_up(ports):
    """Each instance reads there again."""
    for port in ports:
        before = reads([port], "replica")
        until(lambda: ask(port, MAILBOXES) and reads([port], "replica") > before, "reads go to the standby again")


def write_and_read(ports, name, turns):
    """Writes at one instance, and reads at once at both: an entry of the ledger, a working row, and the past as it is now."""
    for turn in range(turns):
        writer, other = ports[turn % 2], ports[1 - turn % 2]
        key = f"replica-{name}-{turn}"
        if turn % 2:
            change(writer, "registerSourceDocument", key=key, kind="STATEMENT", titleNl="Verklaring", idempotencyKey=key)
            for port in (other, writer):
                found = ask(port, "query ($key: String!) { sourceDocument(key: $key) { key } }", key=key)
                assert found == {"sourceDocument": {"key": key}}, (found, key)
            number = int(primary("select number from ledger_head"))
            query = "query ($key: String!, $number: Int!) { sourceDocument(key: $key, at: { ledger: $number }) { key } }"
            found = ask(other, query, key=key, number=number)
            assert found == {"sourceDocument": {"key": key}}, (found, key, number)
        else:
            mailbox = f"info@{key}.example.nl"
            change(writer, "registerMailbox", mailboxAddress=mailbox, idempotencyKey=key)
            for port in (other, writer):
                found = ask(port, MAILBOXES)["functionalMailboxes"]["nodes"]
                assert mailbox in [one["address"] for one in found], (found, mailbox)


def made_by_the_guide():
    blocks = re.findall(r"^```shell\n(.*?)^```", GUIDE.read_text(), re.M | re.S)
    assert len(blocks) == 1 and "pg_basebackup" in blocks[0], blocks
    environment = os.environ | {"PATH": f"{PG_BIN}:{os.environ['PATH']}"}
    subprocess.run([*ACCOUNT, "sh", "-euc", blocks[0]], check=True, stdout=subprocess.DEVNULL, cwd=FOLDER, env=environment)
    start_standby()
    assert replica("select pg_is_in_recovery()") == "t"
    shown = subprocess.run([STM, "config", "show"], env=os.environ | {"DATABASE_READ_URL": address(standby_port)},
                           check=True, capture_output=True, text=True).stdout
    assert f"DATABASE_READ_URL = postgres://stm_app:…@127.0.0.1:{standby_port}/stm" in shown, shown


def what_is_told_at_the_start():
    said = refused(DATABASE_READ_URL=address(standby_port, "postgres"))
    assert "DATABASE_READ_URL cannot be used: the login postgres is a superuser" in said, said
    for read_url, told in (
        (os.environ["DATABASE_URL"], "what answers at DATABASE_READ_URL is no standby"),
        (address(free_port()), "the replica cannot be read: reads go to the primary"),
    ):
        port = free_port()
        service = serve(f"127.0.0.1:{port}", DATABASE_READ_URL=read_url)
        until(lambda: get(port, "/health/ready")[0] == 200, "it is ready without a standby")
        write_and_read((port, port), f"alone-{port}", 4)
        assert reads([port], "replica") == 0 and reads([port], "primary") > 0
        assert sum(told in line for line in service.lines) == 1, service.lines
        stop(service)
    print("start: a superuser is refused, a primary and nobody at all are told and never read")


def with_a_lag():
    with two_instances() as (ports, _):
        caught_up(ports)
        print("standby:", end="")
        for delay in ("0", "200ms"):
            replica(f"alter system set recovery_min_apply_delay = '{delay}'")
            replica("select pg_reload_conf()")
            before = reads(ports, "replica"), reads(ports, "primary")
            write_and_read(ports, f"lag-{delay}", TURNS)
            there, here = reads(ports, "replica") - before[0], reads(ports, "primary") - before[1]
            print(f" {TURNS} writes read at once with a delay of {delay}: {there:.0f} reads there, {here:.0f} at the primary;", end="")
            caught_up(ports)
        replica("alter system reset recovery_min_apply_delay")
        replica("select pg_reload_conf()")
        caught_up(ports)
        replica("select pg_wal_replay_pause()")
        until(lambda: replica("select pg_get_wal_replay_pause_state()") == "paused", "the standby pauses")
        write_and_read(ports, "before", 2)
        before = reads(ports, "replica")
        write_and_read(ports, "paused", TURNS)
        assert reads(ports, "replica") == before, "nothing is read there while it is paused"
        lacking = [metric(port, "stm_replica_lacking_entries") for port in ports]
        assert all(entries > TURNS // 4 for entries in lacking), lacking
        assert [get(port, "/health/ready")[0] for port in ports] == [200, 200]
        replica("select pg_wal_replay_resume()")
        caught_up(ports)
        assert [metric(port, "stm_replica_lacking_entries") for port in ports] == [0, 0]
        print(" paused: none there; resumed: there again")


@contextmanager
def load(ports, readers=8):
    """Readers at both instances, of whom none may fail."""
    going, answered, failed = True, [], []

    def reader(port):
        while going:
            try:
                ask(port, MAILBOXES)
                ask(port, "{ sourceDocuments(first: 2, at: { ledger: 5 }) { totalCount } }")
                answered.append(time.monotonic())
            except (AssertionError, OSError) as error:
                failed.append(repr(error))

    threads = [threading.Thread(target=reader, args=(ports[number % 2],)) for number in range(readers)]
    for thread in threads:
        thread.start()
    try:
        yield answered
    finally:
        going = False
        for thread in threads:
            thread.join()
    assert not failed, (len(failed), failed[:3])


def with_conflicts():
    with two_instances() as (ports, _):
        caught_up(ports)
        # The primary takes a table for a moment again and again, and the standby waits for nobody who reads it.
        replica("alter system set max_standby_streaming_delay = 0")
        replica("select pg_reload_conf()")

        def ended():
            primary("begin; lock table work.timed_release, work.functional_mailbox in access exclusive mode; commit")
            return int(replica("select sum(confl_lock + confl_snapshot + confl_bufferpin) from pg_stat_database_conflicts"))

        with load(ports) as answered:
            many = until(lambda: (many := ended()) > 4 and many, "the standby ends what stands in its way", 120)
            until(lambda: len(answered) > 50, "answers go on")
        caught_up(ports)
        print(f"conflicts: {many} transactions ended by the standby, {len(answered)} pairs of reads, none failed")


def ended_under_load():
    with two_instances() as (ports, instances):
        caught_up(ports)
        with load(ports) as answered:
            until(lambda: len(answered) > 100, "answers come")
            standby("-m", "immediate", "stop")
            killed = time.monotonic()
            until(lambda: all(metric(port, "stm_replica_reachable") == 0 for port in ports), "its end is noticed")
            many = len(answered)
            until(lambda: len(answered) > many + 100, "answers go on without it")
            assert [get(port, "/health/ready")[0] for port in ports] == [200, 200]
            at = sorted(answered)
            slowest = max(after - before for before, after in zip(at, at[1:]) if after > killed)
            start_standby()
            caught_up(ports)
            assert all(metric(port, "stm_replica_reachable") == 1 for port in ports)
        for instance in instances:
            text = "".join(instance.lines)
            for told in ("the replica cannot be read: reads go to the primary", "the replica can be read again"):
                assert text.count(told) == 1, text
        print(f"ended under load: {len(answered)} pairs of reads, none failed, {slowest:.2f} s without an answer at most; used again once it was back")


if __name__ == "__main__":
    try:
        run(made_by_the_guide, what_is_told_at_the_start, with_a_lag, with_conflicts, ended_under_load)
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
