#!/usr/bin/env bash
# A query, a mutation and a subscription with nothing but curl, and what an operator finds in the log: one line a request.
set -euo pipefail

json=(-sS --fail-with-body -H 'content-type: application/json')

is() {
    [[ $2 == "$3" ]] || { printf 'curl: %s\n  expected %s\n  found    %s\n' "$1" "$3" "$2" >&2; exit 1; }
    printf 'ok %s: curl\n' "$1"
}

# The data alone: extensions tell the moment and the cost.
data() { sed 's/,"extensions":.*/}/'; }

is query "$(curl "${json[@]}" "$SERVICE_URL/v1/graphql" -d '{"query":"{ viewer { role } }"}' | data)" \
    '{"data":{"viewer":{"role":"PUBLIC"}}}'
is 'query by GET' "$(curl -sS -G "$SERVICE_URL/v1/graphql" --data-urlencode 'query={ municipality(code: "GM0402") { label } }' | data)" \
    '{"data":{"municipality":{"label":"Hilversum"}}}'
is mutation "$(curl "${json[@]}" "$SERVICE_URL/v1/graphql" -H "authorization: Bearer $STM_TOKEN_VNG" -d '{"query":
    "mutation { registerSourceDocument(input: { key: \"curl\", kind: STATEMENT, titleNl: \"Verklaring\", idempotencyKey: \"curl\" }) { document { key } errors { code } } }"}' | data)" \
    '{"data":{"registerSourceDocument":{"document":{"key":"curl"},"errors":[]}}}'

# A subscription has no end; curl is ended once it has told two events.
events=$(curl -sS -N --max-time 30 "$SERVICE_URL/v1/graphql" -H 'accept: text/event-stream' -H 'content-type: application/json' \
    -d '{"query":"subscription { statusReported(since: 0) { round { key } } }"}' | sed -u '/^event: next$/!d' | head -n 2) || true
is subscription "$events" $'event: next\nevent: next'

if [[ -n ${SERVICE_LOG:-} ]]; then
    for path in /v1/feeds/dim_action.csv /v1/odata/public/dim_action /docs /nowhere '/v1/graphql?query=%7Bviewer%7Brole%7D%7D'; do
        id=request-$RANDOM$RANDOM
        curl -sS -o "$(dirname "$SERVICE_LOG")/answer" -H "x-request-id: $id" "$SERVICE_URL$path"
        is "one line in the log, $path" "$(grep -c "$id" "$SERVICE_LOG")" 1
    done
fi
