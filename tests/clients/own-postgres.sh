#!/usr/bin/env bash
# A check with a Postgres of its own, which it may stop or lock, or whose clock it sets: outage.mjs, clocks.mjs, mail.mjs,
# workplace.mjs, load.mjs, copy.mjs, operation.py, replica.py, bench/bench.mjs or soak/soak.mjs. Called by ./run with a folder, the
# program and the check; needs initdb, pg_ctl, postgres and psql of PostgreSQL 15 or newer.
set -euo pipefail
folder=$1 stm=$2 check=$3
cd "$(dirname "${BASH_SOURCE[0]}")"
bin=$(pg_config --bindir 2>/dev/null || true)
[[ -x $bin/initdb ]] || bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)

# Postgres refuses to run as root.
account=(env)
[[ $(id -u) != 0 ]] || account=(setpriv --reuid=nobody --regid=nogroup --clear-groups env)
# For digests, and for a period that ends, everything has one clock that is set (libfaketime): the program compares its own with that
# of Postgres.
faked=()
if [[ $check == mail || $check == workplace ]]; then
    FAKED_LIBRARY=${FAKETIME_LIB:-$(ls /usr/lib/*/faketime/libfaketimeMT.so.1 2>/dev/null | head -n 1)}
    [[ -r $FAKED_LIBRARY ]] || { printf 'libfaketimeMT.so.1 is not found: install faketime, or name it in FAKETIME_LIB\n' >&2; exit 1; }
    mkdir -p "$folder/clock"
    FAKED_CLOCK=$folder/clock/now
    printf '+0\n' >"$FAKED_CLOCK"
    chmod -R a+rX "$folder/clock"
    export FAKED_LIBRARY FAKED_CLOCK
    faked=(env "LD_PRELOAD=$FAKED_LIBRARY" "FAKETIME_TIMESTAMP_FILE=$FAKED_CLOCK" FAKETIME_NO_CACHE=1 FAKETIME_DONT_FAKE_MONOTONIC=1 NO_FAKE_STAT=1)
    account+=("${faked[@]:1}")
fi
as_account() { (cd / && "${account[@]}" "$@"); }

mkdir -p "$folder/postgres"
chmod 755 "$folder"
# A disk that can be filled without harm to the machine.
disk=
if [[ $check == soak ]]; then
    mount -t tmpfs -o size=2g tmpfs "$folder/postgres"
    disk=$folder/postgres
fi
[[ $(id -u) != 0 ]] || chown nobody:nogroup "$folder/postgres"
port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); });')
cluster=$folder/postgres/data
control() { as_account "$bin/pg_ctl" --pgdata "$cluster" --log "$folder/postgres/log" --wait "$@" >/dev/null; }

as_account "$bin/initdb" --pgdata "$cluster" --username postgres --auth trust --encoding UTF8 --no-sync >/dev/null
cat >>"$cluster/postgresql.conf" <<CONF
port = $port
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 60
CONF
control start
trap 'control stop --mode immediate || true; [[ -z $disk ]] || umount --lazy "$disk"' EXIT
export PGHOST=127.0.0.1 PGPORT=$port
"$bin/createdb" --username postgres stm
"$stm" roles | "$bin/psql" --quiet --set=ON_ERROR_STOP=1 --username postgres --dbname stm
STM_OWNER_PASSWORD=o STM_APP_PASSWORD=a STM_AUDITOR_PASSWORD=u PATH=$bin:$PATH ../../docker/postgres/set-passwords.sh >/dev/null
address=127.0.0.1:$port/stm
export STM_LOG=error STM_LOG_FORMAT=json
DATABASE_OWNER_URL=postgres://stm_owner:o@$address "$stm" migrate >/dev/null
head -c 32 /dev/urandom >"$folder/pseudonym.key"
export DATABASE_URL=postgres://stm_app:a@$address STM_PSEUDONYM_KEY_FILE=$folder/pseudonym.key STM_DATA_DIR=$folder/data \
    STM_DEV_ISSUER=i-know-this-is-not-production STM_RATE_PUBLIC=1000000 STM_RATE_SIGNED_IN=1000000
case $check in
    bench) "$stm" demo --scale "${BENCH_SCALE:-1}" ;;
    copy)
        "$stm" demo --scale "${COPY_SCALE:-100}"
        # As after a night: Postgres knows its numbers, and nothing is cleaned up while something is measured.
        as_account "$bin/vacuumdb" --quiet --analyze --username postgres stm
        ;;
    *) "$stm" import >/dev/null ;;
esac

export STM=$stm PG_BIN=$bin PG_CLUSTER=$cluster PG_LOG=$folder/postgres/log PG_ACCOUNT="${account[*]}" \
    PGUSER=postgres PGDATABASE=stm STM_TOKEN_VNG
STM_TOKEN_VNG=$("$stm" token --role vng)
case $check in
    bench) node bench/bench.mjs ;;
    operation | replica) python3 -B "$check.py" ;;
    soak)
        SOAK_FOLDER=$folder SOAK_MUNICIPALITY=GM0402 STM_TOKEN_MUNICIPALITY=$("$stm" token --role municipality --municipality GM0402) \
            node soak/soak.mjs
        ;;
    *) node "$check.mjs" ;;
esac
DATABASE_AUDITOR_URL=postgres://stm_auditor:u@$address "${faked[@]}" "$stm" verify
