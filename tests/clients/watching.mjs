// What an operator watches: /metrics by promtool, the alert rules with their cases, and the dashboard, of which each panel shows
// something of a service that runs. Every figure that a rule or a panel names is one that the service gives. Needs prometheus and promtool
// of Prometheus 2.42 or newer (Debian: prometheus).
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const { SERVICE_URL, STM_TOKEN_VNG } = process.env;
const docker = join(dirname(fileURLToPath(import.meta.url)), "../../docker");
const promtool = (args, options = {}) => {
  const { status, stdout, stderr, error } = spawnSync("promtool", args, { encoding: "utf8", cwd: join(docker, "prometheus"), ...options });
  assert.ifError(error);
  assert.equal(status, 0, `promtool ${args.join(" ")}: ${stdout}${stderr}`);
  return stdout + stderr;
};

// Something of each kind has happened.
const ask = (query, headers = {}) =>
  fetch(`${SERVICE_URL}/v1/graphql`, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify({ query }) });
assert.equal((await ask("{ viewer { role } }", { authorization: `Bearer ${STM_TOKEN_VNG}` })).status, 200);
assert.equal((await ask("{ viewer { role } }", { authorization: "Basic aDpo" })).status, 401);
assert.equal((await ask("{ partners(first: 1) { totalCount } }")).status, 200);

const metrics = await (await fetch(`${SERVICE_URL}/metrics`)).text();
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

// The panels against a service that runs: Prometheus reads it each second and answers their questions.
const scratch = mkdtempSync(join(tmpdir(), "stm-watching."));
const port = await new Promise((resolve) => {
  const server = net.createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});
writeFileSync(
  join(scratch, "prometheus.yml"),
  `global: { scrape_interval: 1s }\nscrape_configs:\n  - job_name: stm\n    static_configs: [{ targets: ["${new URL(SERVICE_URL).host}"] }]\n`,
);
const prometheus = spawn(
  "prometheus",
  [`--config.file=${scratch}/prometheus.yml`, `--storage.tsdb.path=${scratch}/data`, `--web.listen-address=127.0.0.1:${port}`, "--log.level=error"],
  { stdio: ["ignore", "ignore", "inherit"] },
);
const query = async (expr) => {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(expr)}`).catch(() => null);
  const answer = await response?.json().catch(() => null);
  assert.ok(!answer || answer.status === "success", `${expr}: ${answer?.error}`);
  return answer?.data.result ?? [];
};
// Nothing closed a socket, no embargo runs, and there is no standby.
const MAY_BE_EMPTY = /stm_socket_closes_total|stm_embargo_next|stm_reads_total|stm_replica/;
try {
  const end = Date.now() + 60_000;
  // A rate wants two readings.
  while (!(await query('count_over_time(up{job="stm"}[1m]) > 4')).length) {
    assert.ok(Date.now() < end && prometheus.exitCode === null, "Prometheus reads the service");
    await ask("{ partners(first: 1) { totalCount } }");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const empty = [];
  for (const text of expressions) {
    const expr = text.replaceAll("$instance", ".*");
    if (!(await query(expr)).length && !MAY_BE_EMPTY.test(expr)) empty.push(expr);
  }
  assert.deepEqual(empty, [], "each panel shows something");
} finally {
  const ended = new Promise((resolve) => prometheus.on("exit", resolve));
  prometheus.kill();
  await ended;
  rmSync(scratch, { recursive: true });
}
console.log(`watching: ${families.size} metrics, ${[...alerts.matchAll(/alert: /g)].length} rules, ${expressions.length} expressions of panels`);
