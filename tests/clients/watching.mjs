// What an operator watches: /metrics by promtool, the alert rules with their cases, and the dashboard. Every figure that a
// rule or a panel names is one that the service gives. Needs promtool of Prometheus 2.42 or newer (Debian: prometheus).
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const { STM_URL, STM_TOKEN_VNG } = process.env;
const docker = join(dirname(fileURLToPath(import.meta.url)), "../../docker");
const promtool = (args, options = {}) => {
  const { status, stdout, stderr, error } = spawnSync("promtool", args, { encoding: "utf8", cwd: join(docker, "prometheus"), ...options });
  assert.ifError(error);
  assert.equal(status, 0, `promtool ${args.join(" ")}: ${stdout}${stderr}`);
  return stdout + stderr;
};

// Something of each kind has happened.
const ask = (query, headers = {}) =>
  fetch(`${STM_URL}/v1/graphql`, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify({ query }) });
assert.equal((await ask("{ viewer { role } }", { authorization: `Bearer ${STM_TOKEN_VNG}` })).status, 200);
assert.equal((await ask("{ viewer { role } }", { authorization: "Basic aDpo" })).status, 401);
assert.equal((await ask("{ partners(first: 1) { totalCount } }")).status, 200);

const metrics = await (await fetch(`${STM_URL}/metrics`)).text();
assert.equal(promtool(["check", "metrics"], { input: metrics }), "", "promtool finds nothing to say of /metrics");
const families = new Map([...metrics.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, kind]) => [name, kind]));
const value = (name) => Number(new RegExp(`^${name} (\\S+)$`, "m").exec(metrics)[1]);
assert.ok(value("stm_ledger_number") > 0 && value("process_resident_memory_bytes") > 1e7);
assert.ok(Date.now() / 1000 - value("stm_ledger_anchor_timestamp_seconds") < 3600, "an anchor was logged at the start");
assert.ok(Date.now() / 1000 - value("stm_embargo_look_timestamp_seconds") < 60, "the timer of embargoes looks");
assert.match(metrics, /^stm_refusals_total\{rule="AUTHORIZATION_SCHEME"\} 1$/m);

promtool(["check", "config", "prometheus.yml"]);
promtool(["check", "rules", "alerts.yml"]);
promtool(["test", "rules", "alerts_test.yml"]);

// Names in the rules and the panels are names that are given.
const dashboard = JSON.parse(readFileSync(join(docker, "grafana/dashboards/stm.json"), "utf8"));
const expressions = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
const alerts = readFileSync(join(docker, "prometheus/alerts.yml"), "utf8");
const tests = readFileSync(join(docker, "prometheus/alerts_test.yml"), "utf8");
for (const text of [...expressions, ...alerts.match(/expr: .*/g)])
  for (const [name] of text.matchAll(/\b(?:stm|process)_[a-z_]+/g)) assert.ok(families.has(name.replace(/_bucket$/, "")), `${name} is given by the service`);
for (const [, name] of alerts.matchAll(/alert: (\w+)/g)) assert.ok(tests.includes(`alertname: ${name}\n`), `${name} has a case`);

// Prometheus reads the expressions of the panels.
const scratch = mkdtempSync(join(tmpdir(), "stm-watching."));
try {
  const rules = expressions.map((expr, at) => `      - record: panel:${at}\n        expr: ${JSON.stringify(expr.replaceAll("$instance", ".*"))}\n`);
  writeFileSync(join(scratch, "panels.yml"), `groups:\n  - name: panels\n    rules:\n${rules.join("")}`);
  promtool(["check", "rules", "--lint=none", join(scratch, "panels.yml")]);
} finally {
  rmSync(scratch, { recursive: true });
}
console.log(`watching: ${families.size} metrics, ${[...alerts.matchAll(/alert: /g)].length} rules, ${expressions.length} expressions of panels`);
