#!/usr/bin/env bash
# Schemathesis' fuzzer against GraphQL: FUZZ_SECONDS (two minutes) without a token, and as long with that of each role in
# turn. Fails on a status of 500 or more, an error without a code of the closed list, or text from the inside.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/python"

seconds=${FUZZ_SECONDS:-120}
fuzz() {
    local name=$1 budget=$2
    shift 2
    printf '\n-- %s, %s s\n' "$name" "$budget"
    SCHEMATHESIS_HOOKS=fuzz_checks .venv/bin/schemathesis run "$SERVICE_URL/v1/graphql" --phases fuzzing \
        --checks fails_for_a_reason_of_the_client --max-time "$budget" --continue-on-failure --no-color --warnings off \
        --header "accept: application/graphql-response+json" "$@"
}

fuzz "without a token" "$seconds"
for role in MUNICIPALITY REGION PARTNER VNG MINISTRY; do
    token=STM_TOKEN_$role
    fuzz "as $role" "$((seconds / 5))" --header "authorization: Bearer ${!token}"
done
