// The server audit of the npm package graphql-http: every MUST and SHOULD of GraphQL over HTTP.
import { serverAudits } from "graphql-http";

const url = `${process.env.SERVICE_URL}/v1/graphql`;
const results = [];
for (const audit of serverAudits({ url, fetchFn: fetch })) {
  results.push(await audit.fn());
}
const levels = { ok: 0, notice: 0, warn: 0, error: 0 };
for (const { name, status, reason } of results) {
  levels[status] += 1;
  if (status !== "ok") console.log(`${status} ${name}: ${reason}`);
}
console.log(`graphql-http audit: ${results.length} checks, ${levels.ok} ok, ${levels.notice} MAY not, ${levels.warn} SHOULD not, ${levels.error} MUST not`);
process.exitCode = levels.warn + levels.error > 0 ? 1 : 0;
