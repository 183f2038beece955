"""What stands around the service: a socket of the machine, systemd, a balancer before two instances, a pooler before
Postgres, and a copy of it. Called by own-postgres.sh; needs haproxy, pgbouncer and pg_basebackup (Debian)."""

import http.client
import itertools
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

STM, PG_BIN, ACCOUNT = os.environ["STM"], os.environ["PG_BIN"], os.environ["PG_ACCOUNT"].split()
# The program of the release before, where there is one to upgrade from.
BEFORE = os.environ.get("PROGRAM_BEFORE", STM)
PRIMARY = int(os.environ["PGPORT"])
DOCKER = Path(__file__).resolve().parents[2] / "docker"
FOLDER = Path(tempfile.mkdtemp(prefix="stm-operation.", dir="/var/tmp"))
FOLDER.chmod(0o777)
QUESTION = "/v1/graphql?query=%7Bpartners(first%3A1)%7BtotalCount%7D%7D"
REGISTER = """mutation ($input: RegisterSourceDocumentInput!) {
  registerSourceDocument(input: $input) { document { key } errors { code } } }"""
running = []


def program(name):
    """Debian keeps them in a folder that not everybody's PATH has."""
    found = shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin:/usr/local/sbin")
    assert found, f"{name} is not found: install it"
    return found


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def until(holds, what, seconds=30):
    """Waits until something holds; there is no other way to know when another program is ready."""
    end = time.monotonic() + seconds
    while True:
        try:
            if found := holds():
                return found
        except OSError:
            pass
        assert time.monotonic() < end, what
        time.sleep(0.05)


def start(arguments, **variables):
    process = subprocess.Popen(
        arguments, env=os.environ | {k: str(v) for k, v in variables.items()}, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd="/",
    )
    process.lines = []
    threading.Thread(target=lambda: process.lines.extend(process.stderr), daemon=True).start()
    running.append(process)
    return process


def serve(listen, by=STM, **variables):
    return start([by, "serve"], STM_LISTEN=listen, STM_LOG="info", **variables)


def stop(process):
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0, "".join(process.lines)
    running.remove(process)


def refused(**variables):
    """What is said by a service that does not start."""
    done = subprocess.run(
        [STM, "serve"], env=os.environ | {"STM_LISTEN": "127.0.0.1:0"} | variables, capture_output=True, text=True, timeout=60,
    )
    assert done.returncode == 1, (done.returncode, done.stderr)
    return done.stderr.splitlines()[-1]


def get(port, path, **headers):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def metric(port, name):
    return float(re.search(rf"^{name} (\S+)$", get(port, "/metrics")[1], re.M)[1])


class OverSocket(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost")
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)


def at_a_socket_and_under_systemd():
    path, notices = FOLDER / "stm.sock", FOLDER / "notify.sock"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as supervisor:
        supervisor.bind(str(notices))
        supervisor.settimeout(60)
        service = serve(f"unix:{path}", NOTIFY_SOCKET=notices)
        assert supervisor.recv(100).decode().strip() == "READY=1"
        assert path.stat().st_mode & 0o777 == 0o660
        connection = OverSocket(str(path))
        connection.request("GET", QUESTION)
        answer = connection.getresponse()
        body = json.loads(answer.read())
        assert answer.status == 200 and body["data"]["partners"]["totalCount"] > 0, body
        connection.close()
        health = subprocess.run([STM, "health", "--url", f"unix:{path}"], capture_output=True, text=True)
        assert health.returncode == 0, health.stderr
        stop(service)
        assert supervisor.recv(100).decode().strip() == "STOPPING=1"
    assert not path.exists(), "the socket goes with the service"
    name_port = free_port()
    named = serve(f"localhost:{name_port}")
    until(lambda: get(name_port, "/health/ready")[0] == 200, "it listens at a name")
    stop(named)
    over_six = serve(f"[::1]:{name_port}")
    until(lambda: urllib.request.urlopen(f"http://[::1]:{name_port}/health/ready", timeout=30).status == 200, "it listens over IPv6")
    stop(over_six)
    print("socket: READY, asked, healthy, STOPPING; a name; IPv6")


class Load:
    """Readers and writers as good clients are: whoever is told to come back does, with the same key."""

    def __init__(self, port, name):
        self.port, self.name, self.going, self.lock = port, name, True, threading.Lock()
        self.answers, self.again, self.failed, self.written = 0, 0, [], []
        work = [threading.Thread(target=self.read) for _ in range(4)]
        self.threads = work + [threading.Thread(target=self.write, args=(number,)) for number in range(2)]
        for one in self.threads:
            one.start()

    def ask(self, query, **variables):
        """The data; none where the request failed."""
        body = json.dumps({"query": query, "variables": variables}).encode()
        headers = {
            "content-type": "application/json", "accept": "application/graphql-response+json",
            "authorization": f"Bearer {os.environ['STM_TOKEN_VNG']}",
        }
        while True:
            try:
                request = urllib.request.Request(f"http://127.0.0.1:{self.port}/v1/graphql", body, headers)
                with urllib.request.urlopen(request, timeout=60) as answer:
                    data = json.load(answer)["data"]
                with self.lock:
                    self.answers += 1
                return data
            except urllib.error.HTTPError as error:
                after, text = error.headers.get("Retry-After"), error.read().decode()
                if error.code != 503 or not after or '"UNAVAILABLE"' not in text:
                    self.failed.append((error.code, text[:300]))
                    return None
                with self.lock:
                    self.again += 1
                time.sleep(int(after))
            except (OSError, http.client.HTTPException) as error:
                self.failed.append(repr(error))
                return None

    def read(self):
        while self.going:
            try:
                status, text = get(self.port, QUESTION)
                if status != 200:
                    self.failed.append((status, text[:300]))
            except (OSError, http.client.HTTPException) as error:
                self.failed.append(repr(error))
            with self.lock:
                self.answers += 1
            # Room for the writers, also where all of it runs on two processors.
            time.sleep(0.02)

    def write(self, number):
        for turn in itertools.count():
            if not self.going:
                return
            key = f"{self.name}-{number}-{turn}"
            given = {"key": key, "kind": "STATEMENT", "titleNl": "Verklaring", "idempotencyKey": key}
            if data := self.ask(REGISTER, input=given):
                self.written.append(key)
                if data["registerSourceDocument"] != {"document": {"key": key}, "errors": []}:
                    self.failed.append(data)
                # Whichever instance answers: nobody reads older than its own write.
                back = self.ask(f'{{ sourceDocument(key: "{key}") {{ key }} }}')
                if back and not back["sourceDocument"]:
                    self.failed.append(f"{key} was acknowledged and is not there")

    def end(self):
        self.going = False
        for one in self.threads:
            one.join()
        assert not self.failed, (len(self.failed), self.failed[:5])


def a_database_of_before(name):
    """A database that the release before has made and filled; the addresses of its roles, as variables."""
    subprocess.run([f"{PG_BIN}/createdb", name], check=True)
    roles = subprocess.run([BEFORE, "roles"], check=True, capture_output=True, text=True).stdout
    subprocess.run([f"{PG_BIN}/psql", "--quiet", "--set=ON_ERROR_STOP=1", "--dbname", name], input=roles, check=True, text=True)
    address = lambda login: f"postgres://{login}@127.0.0.1:{PRIMARY}/{name}"
    addresses = {
        "DATABASE_URL": address("stm_app:a"), "DATABASE_OWNER_URL": address("stm_owner:o"), "DATABASE_AUDITOR_URL": address("stm_auditor:u"),
    }
    for command in ("migrate", "import"):
        subprocess.run([BEFORE, command], env=os.environ | addresses, check=True, stdout=subprocess.DEVNULL)
    return addresses


def behind_a_balancer():
    """Two instances of the release before are replaced one by one by this one, in the order of the guide, under load."""
    addresses = a_database_of_before("upgraded")
    ports, public = (free_port(), free_port()), free_port()
    config = (DOCKER / "haproxy/haproxy.cfg").read_text()
    config = config.replace("bind :8000", f"bind 127.0.0.1:{public}")
    config = config.replace("api:8080", f"127.0.0.1:{ports[0]}").replace("api-2:8080", f"127.0.0.1:{ports[1]}")
    file = FOLDER / "haproxy.cfg"
    file.write_text(config)
    begin = lambda port, by: serve(f"127.0.0.1:{port}", by, STM_PROXIES=1, DATABASE_URL=addresses["DATABASE_URL"])
    instances = [begin(port, BEFORE) for port in ports]
    for port in ports:
        until(lambda: get(port, "/health/ready")[0] == 200, "an instance is ready")
    start([program("haproxy"), "-f", str(file)])
    until(lambda: get(public, "/health/ready")[0] == 200, "the balancer knows an instance")
    for path in ("/metrics", "/%6detrics", "/metric%73?x=1"):
        assert get(public, path)[0] == 404, f"metrics are not for the public: {path}"
    load = Load(public, "turn")
    go_on = lambda: until(lambda at=load.answers: load.answers > at + 200, "answers go on")
    go_on()
    this = lambda command: subprocess.run([STM, *command.split()], env=os.environ | addresses, check=True, capture_output=True, text=True).stdout
    pending = this("migrate --dry-run")
    assert this("migrate --dry-run") == pending, "a dry run runs nothing"
    this("migrate")
    assert this("migrate --dry-run") == "the database is up to date\n"
    this("import")
    go_on()
    for at, port in enumerate(ports):
        stop(instances[at])
        instances[at] = begin(port, STM)
        until(lambda: get(port, "/health/ready")[0] == 200, "an instance is back")
        go_on()
        # The balancer has seen it twice.
        until(lambda: metric(port, "stm_kept_hits_total") + metric(port, "stm_kept_misses_total") > 0, "it is asked again")
    load.end()
    heads = [metric(port, "stm_ledger_number") for port in ports]
    assert heads[0] == heads[1]
    for instance in instances:
        stop(instance)
    count = "select count(*), count(distinct subject_key) from ledger where subject_kind = 'SourceDocument' and subject_key like 'turn-%'"
    stored = subprocess.run([f"{PG_BIN}/psql", "-AtXq", "--dbname", "upgraded", "-c", count], check=True, capture_output=True, text=True).stdout
    assert stored.split() == [f"{len(load.written)}|{len(load.written)}"], (stored, len(load.written))
    this("verify")
    which = "the release before" if BEFORE != STM else "this release"
    print(f"balancer: two instances of {which} replaced one by one: {load.answers} answers, {len(load.written)} writes, {load.again} sent again, "
          "none failed, lost or there twice; the ledger is green")


def pooler(**settings):
    port = free_port()
    config = FOLDER / f"pgbouncer.{port}.ini"
    userlist = FOLDER / "userlist.txt"
    userlist.write_text('"stm_app" "a"\n')
    userlist.chmod(0o644)
    text = (DOCKER / "pgbouncer/pgbouncer.ini").read_text()
    text = text.replace("host=db port=5432", f"host=127.0.0.1 port={PRIMARY}").replace("listen_addr = 0.0.0.0", "listen_addr = 127.0.0.1")
    text = text.replace("listen_port = 6432", f"listen_port = {port}\nunix_socket_dir =")
    text = text.replace("auth_type = scram-sha-256", "auth_type = trust").replace("/etc/pgbouncer/userlist.txt", str(userlist))
    for name, value in settings.items():
        text = re.sub(rf"^{name} = .*\n", "", text, flags=re.M) + (f"{name} = {value}\n" if value is not None else "")
    config.write_text(text)
    config.chmod(0o644)
    start([*ACCOUNT, program("pgbouncer"), str(config)])
    until(lambda: socket.create_connection(("127.0.0.1", port), 1).close() or True, "the pooler listens")
    return f"postgres://stm_app:a@127.0.0.1:{port}/stm"


def behind_a_pooler():
    version = subprocess.run([program("pgbouncer"), "--version"], capture_output=True, text=True).stdout
    version = tuple(int(part) for part in re.search(r"PgBouncer (\d+)\.(\d+)", version).groups())
    said = refused(DATABASE_URL=pooler(ignore_startup_parameters=None))
    assert "ignore_startup_parameters = extra_float_digits" in said, said
    keeps_apart = version >= (1, 21)
    mixing = {"max_prepared_statements": 0} if keeps_apart else {}
    said = refused(DATABASE_URL=pooler(pool_mode="transaction", **mixing))
    assert "42P05" in said and "PgBouncer 1.21" in said and "max_prepared_statements" in said, said
    assert "hush" not in said and ":a@" not in said
    tried = f"transaction mode of {version[0]}.{version[1]} is refused; of 1.21 it was not tried"
    if keeps_apart:
        serves_behind(pooler(pool_mode="transaction", max_prepared_statements=200), "transaction")
        tried = f"transaction mode of {version[0]}.{version[1]} serves"
    serves_behind(pooler(), "session")
    print(f"pooler: session mode serves, {tried}")


def serves_behind(address, mode):
    """Reads, writes and what others record, over a pooler; it listens past it."""
    port = free_port()
    service = serve(f"127.0.0.1:{port}", DATABASE_URL=address, DATABASE_LISTEN_URL=os.environ["DATABASE_URL"])
    until(lambda: get(port, "/health/ready")[0] == 200, f"it serves in {mode} mode")
    until(lambda: metric(port, "stm_listener_connected") == 1, "it listens past the pooler")
    load = Load(port, mode)
    until(lambda: len(load.written) > 50, "writes go on", 120)
    load.end()
    # Without an address past the pooler it hears others in session mode alone, and knows the head all the same.
    deaf_port = free_port()
    deaf = serve(f"127.0.0.1:{deaf_port}", DATABASE_URL=address)
    until(lambda: metric(deaf_port, "stm_ledger_number") == metric(port, "stm_ledger_number") > 0, "it knows the head")
    if mode == "session":
        until(lambda: metric(deaf_port, "stm_listener_connected") == 1, "it listens by the pooler")
    else:
        # One look later it would have heard.
        looked = time.monotonic() + 4
        until(lambda: time.monotonic() > looked, "it looks again")
        assert metric(deaf_port, "stm_listener_connected") == 0, "nothing comes through in transaction mode"
    stop(deaf)
    stop(service)


def on_a_standby():
    folder, port = FOLDER / "standby", free_port()
    subprocess.run([*ACCOUNT, f"{PG_BIN}/pg_basebackup", "-h", "127.0.0.1", "-p", str(PRIMARY), "-U", "postgres", "-R", "-X", "stream", "-D", folder],
                   check=True, cwd="/")
    control = [*ACCOUNT, f"{PG_BIN}/pg_ctl", "-D", str(folder), "-l", str(FOLDER / "standby.log"), "-w"]
    subprocess.run([*control, "-o", f"-p {port}", "start"], check=True, stdout=subprocess.DEVNULL, cwd="/")
    try:
        said = refused(DATABASE_URL=f"postgres://stm_app:a@127.0.0.1:{port}/stm")
        assert "DATABASE_URL cannot be used: a standby answers there" in said, said
        imported = subprocess.run([STM, "import"], env=os.environ | {"DATABASE_URL": f"postgres://stm_app:a@127.0.0.1:{port}/stm"},
                                  capture_output=True, text=True)
        assert imported.returncode == 1 and "a standby answers there" in imported.stderr, imported.stderr
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=True, stdout=subprocess.DEVNULL, cwd="/")
    print("standby: refused at the start")


def run(*checks):
    """Each in turn; what was started ends with them, and says its last words where one fails."""
    try:
        for check in checks:
            check()
    except BaseException:
        for process in running:
            print("".join(process.lines[-20:]), file=sys.stderr)
        raise
    finally:
        for process in running:
            process.kill()
        shutil.rmtree(FOLDER, ignore_errors=True)


if __name__ == "__main__":
    run(at_a_socket_and_under_systemd, behind_a_balancer, behind_a_pooler, on_a_standby)
