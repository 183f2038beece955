// Opens the reporting period of which examples speak.
import assert from "node:assert/strict";

const day = (offset) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const input = { key: "2026-2", edition: "VOORSTEL-1", opensOn: day(-1), deadlineOn: day(30), lastDay: day(60), idempotencyKey: "clients" };
const response = await fetch(`${process.env.SERVICE_URL}/v1/graphql`, {
  method: "POST",
  headers: { "content-type": "application/json", authorization: `Bearer ${process.env.STM_TOKEN_VNG}` },
  body: JSON.stringify({
    query: "mutation ($input: OpenReportingPeriodInput!) { openReportingPeriod(input: $input) { errors { code } } }",
    variables: { input },
  }),
});
assert.deepEqual((await response.json()).data, { openReportingPeriod: { errors: [] } });
