# Sourced by ./run: a service of one's own, with data that is thrown away.
#
# start_service FOLDER STM… starts `STM… serve` and sets SERVICE_URL, SERVICE_PID and STM_TOKEN_<ROLE>. What was started is
# stopped when the script ends.

started=()
stop_all() {
    local pid
    for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
    for pid in "${started[@]}"; do wait "$pid" 2>/dev/null || true; done
    [[ -z ${scratch:-} ]] || rm -rf "$scratch"
}
trap stop_all EXIT

# A folder that other accounts may enter: Postgres does not run as root.
make_scratch() {
    scratch=$(mktemp -d "${TMPDIR:-/var/tmp}/stm-clients.XXXXXX")
    chmod 755 "$scratch"
}

# The program: PROGRAM, or a release build of this checkout.
program() {
    if [[ -z ${PROGRAM:-} ]]; then
        cargo build --quiet --release --workspace
        PROGRAM=$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')/release/stm
    fi
}

start_service() {
    local folder=$1
    mkdir -p "$folder"
    STM_DATA_DIR=$folder/data STM_LISTEN=${STM_LISTEN:-127.0.0.1:0} STM_LOG=${STM_LOG:-info} STM_LOG_FORMAT=json \
        "$PROGRAM" serve >"$folder/out" 2>"$folder/log" &
    SERVICE_PID=$!
    started+=("$SERVICE_PID")
    until grep -qs '"message":"ready"' "$folder/log"; do
        kill -0 "$SERVICE_PID" 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
        sleep 0.2
    done
    SERVICE_URL=$(grep '"message":"ready"' "$folder/log" | sed 's/.*"url":"\([^"]*\)".*/\1/')
    eval "$(grep '^export STM_TOKEN_' "$folder/out")"
    export SERVICE_URL SERVICE_PID
}
