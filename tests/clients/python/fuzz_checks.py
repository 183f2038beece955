"""What Schemathesis checks of every answer: it is no failure of ours, its errors have codes, and it tells nothing of the inside."""

import re

import schemathesis
from hypothesis import strategies
from schemathesis.graphql import nodes

schemathesis.graphql.scalar("Date", strategies.dates().map(str).map(nodes.String))
schemathesis.graphql.scalar("Position", strategies.integers(min_value=0, max_value=5000).map(str).map(nodes.String))
schemathesis.graphql.scalar("IdempotencyKey", strategies.text(min_size=1, max_size=80).map(nodes.String))

CODES = {
    "BAD_REQUEST", "FORBIDDEN", "NOT_FOUND", "PERSISTED_QUERY_NOT_FOUND", "PERSISTED_QUERY_NOT_SUPPORTED", "POSITION_LOST", "RATE_LIMITED", "TIMEOUT",
    "TOO_COMPLEX",
}  # fmt: skip
INSIDE = (
    "sqlx", "sea_orm", "sea-orm", "pg_", "sqlstate", "syntax error at", "violates", "duplicate key", "panicked",
    "stack backtrace", ".rs:", "/src/", "/root/", "stm_app", "stm_owner", "current_setting", "tokio", "actix",
)  # fmt: skip


@schemathesis.check
def fails_for_a_reason_of_the_client(ctx, response, case):
    assert response.status_code < 500, f"status {response.status_code}"
    text = response.text
    for error in response.json().get("errors") or []:
        code = (error.get("extensions") or {}).get("code")
        assert code in CODES, f"the code {code}: {text[:500]}"
        # What was sent is told back between quotes; the fuzzer knows the words of this file.
        message = re.sub(r'"[^"]*"', "", error["message"]).lower()
        found = [word for word in INSIDE if word in message]
        assert not found, f"{found} in {text[:500]}"
