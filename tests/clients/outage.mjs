// Readers and writers that try again as a good client does (after Retry-After, with the same key), while the database goes
// away, loses its connections, and instances of the service are replaced. What they must find: nothing but 200 and a
// retryable 503; no write that was acknowledged is lost, none is there twice; full speed soon after. Called by own-postgres.sh.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import http from "node:http";
import net from "node:net";

const READERS = 12;
const WRITERS = 4;
const AWAY = 10_000;
const { STM, PG_BIN, PG_CLUSTER, PG_LOG, PG_ACCOUNT, STM_TOKEN_VNG } = process.env;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const account = PG_ACCOUNT.split(" ");
// Never waits in a way that would hold the clients up.
const run = (program, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"], ...options });
    let text = "";
    child.stdout?.setEncoding("utf8").on("data", (chunk) => (text += chunk));
    child.on("error", reject);
    child.on("exit", (code) => (code === 0 ? resolve(text.trim()) : reject(new Error(`${program} ${args.join(" ")} ended with ${code}`))));
  });
const postgres = (...args) =>
  run(account[0], [...account.slice(1), `${PG_BIN}/pg_ctl`, "-D", PG_CLUSTER, "-l", PG_LOG, "-w", "-t", "120", ...args], { cwd: "/", stdio: "ignore" });
const sql = (text) => run(`${PG_BIN}/psql`, ["-AtXq", "-c", text]);

const freePort = () =>
  new Promise((resolve) => {
    const server = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
const instances = [];
const start = async () => {
  const port = await freePort();
  const child = spawn(STM, ["serve"], { env: { ...process.env, STM_LISTEN: `127.0.0.1:${port}` }, stdio: ["ignore", "ignore", "inherit"] });
  const instance = { port, child, ended: new Promise((resolve) => child.on("exit", resolve)) };
  for (;;) {
    const ready = await fetch(`http://127.0.0.1:${port}/health/ready`).then(({ status }) => status, () => 0);
    if (ready === 200) break;
    assert.equal(child.exitCode, null, "the service ended");
    await pause(50);
  }
  instances.push(instance);
  return instance;
};

process.on("exit", () => instances.forEach(({ child }) => child.kill("SIGKILL")));

// What happened: one line for each request that was sent.
const log = [];
const agent = new http.Agent({ keepAlive: true });
const send = (port, body) =>
  new Promise((resolve) => {
    const headers = { "content-type": "application/json", accept: "application/graphql-response+json", authorization: `Bearer ${STM_TOKEN_VNG}` };
    const request = http.request({ port, host: "127.0.0.1", path: "/v1/graphql", method: "POST", agent, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => (text += chunk));
      response.on("end", () => resolve({ status: response.statusCode, after: response.headers["retry-after"], text }));
      response.on("error", (error) => resolve({ status: 0, code: error.code ?? error.message }));
    });
    request.on("error", (error) => resolve({ status: 0, code: error.code ?? error.message }));
    request.end(JSON.stringify(body));
  });

// Asks until there is an answer. Who finds nobody at the door goes to the next door, as behind a balancer.
let working = true;
const ask = async (kind, body) => {
  for (;;) {
    const door = instances[instances.length - 1];
    const began = Date.now();
    const { status, after, text, code } = await send(door.port, body);
    log.push({ kind, at: Date.now(), took: Date.now() - began, status, code, after, text: status === 200 ? "" : text });
    if (status === 200) return JSON.parse(text);
    if (!working) return null;
    await pause(status === 503 ? Number(after ?? 1) * 1000 : 20);
  }
};
const reader = async () => {
  const query = "{ action(number: 32) { title { nl } status } municipality(code: \"GM0402\") { label } }";
  while (working) {
    const answer = await ask("read", { query });
    assert.ok(answer === null || answer.data.municipality.label === "Hilversum");
  }
};
const acknowledged = [];
const writer = async (writer) => {
  const query = `mutation ($input: RegisterSourceDocumentInput!) {
    registerSourceDocument(input: $input) { document { key } errors { code } } }`;
  for (let number = 0; working; number += 1) {
    const key = `outage-${writer}-${number}`;
    const input = { key, kind: "STATEMENT", titleNl: "Verklaring", idempotencyKey: key };
    const answer = await ask("write", { query, variables: { input } });
    if (answer === null) continue;
    assert.deepEqual(answer.data.registerSourceDocument, { document: { key }, errors: [] });
    acknowledged.push(key);
    await pause(20);
  }
};

const between = (from, to) => log.filter(({ at }) => at >= from && at < to);
const perSecond = (from, to) => (between(from, to).filter(({ status }) => status === 200).length * 1000) / (to - from);
const told = (from, to) => {
  const counts = {};
  for (const { kind, status, code } of between(from, to)) {
    const key = `${kind} ${status || code}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return JSON.stringify(counts);
};
// Everything but an answer is a 503 that can be tried again, with its code and nothing of the inside.
const onlyCleanRetries = (from, to, mayRefuse = false) => {
  for (const { status, code, after, text, took } of between(from, to)) {
    if (status === 200 || (mayRefuse && ["ECONNREFUSED", "ECONNRESET"].includes(code))) continue;
    assert.equal(status, 503, `${status} ${code} ${text}`);
    assert.ok(Number(after) >= 1, "Retry-After");
    assert.equal(JSON.parse(text).errors[0].extensions.code, "UNAVAILABLE", text);
    assert.ok(!/postgres|sqlx|connection|127\.0\.0\.1/i.test(text), text);
    // Five seconds for a connection, and as long for those whose turn comes after them.
    assert.ok(took < 12_000, `an answer after ${took} ms`);
  }
};

await start();
const load = [...Array.from({ length: READERS }, reader), ...Array.from({ length: WRITERS }, (_, number) => writer(number))];
await pause(3_000);
let from = Date.now();
await pause(5_000);
const usual = perSecond(from, Date.now());
console.log(`usual: ${usual.toFixed(0)} answers a second ${told(from, Date.now())}`);

from = Date.now();
await postgres("stop", "-m", "immediate");
await pause(AWAY);
await postgres("start");
const back = Date.now();
const before = between(from, back).filter(({ status }) => status === 503);
let full = null;
while (full === null && Date.now() - back < 15_000) {
  await pause(250);
  const now = Date.now();
  if (perSecond(now - 1_000, now) >= usual * 0.9) full = now - back;
}
await pause(3_000);
console.log(`Postgres away for ${((back - from) / 1000).toFixed(1)} s: ${told(from, Date.now())}; slowest 503 ${Math.max(...before.map(({ took }) => took))} ms`);
console.log(`full speed ${full} ms after it was back`);
assert.ok(full !== null && full <= 5_000, "full speed within five seconds");
onlyCleanRetries(from, Date.now());
assert.ok(before.length > 0, "somebody was told to try again");

from = Date.now();
let cut = 0;
while (Date.now() - from < 5_000) {
  cut += Number(await sql("select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = 'stm_app'"));
  await pause(100);
}
await pause(1_000);
console.log(`pg_terminate_backend, ${cut} connections in 5 s: ${told(from, Date.now())}`);
onlyCleanRetries(from, Date.now());

// Replaced three times: the new instance is ready before the old one is told to stop.
from = Date.now();
for (let times = 0; times < 3; times += 1) {
  const [old] = instances.slice(-1);
  await start();
  old.child.kill("SIGTERM");
  assert.equal(await old.ended, 0, "it ended well");
  await pause(500);
}
console.log(`SIGTERM to three instances, each replaced: ${told(from, Date.now())}`);
onlyCleanRetries(from, Date.now());

// Stopped and started anew, with nobody to take over: nobody is at the door, or a connection ends that nobody had taken in
// yet. Whoever was let in is answered; that nothing is lost or done twice is counted at the end.
from = Date.now();
const [last] = instances.slice(-1);
last.child.kill("SIGTERM");
assert.equal(await last.ended, 0, "it ended well");
await start();
await pause(1_000);
console.log(`SIGTERM with a pause: ${told(from, Date.now())}`);
onlyCleanRetries(from, Date.now(), true);

working = false;
await Promise.all(load);
const stored = (await sql("select subject_key from fact.source_document where subject_key like 'outage-%' order by 1")).split("\n");
const entries = await sql("select count(*) from ledger where subject_kind = 'SourceDocument' and subject_key like 'outage-%'");
const lost = acknowledged.filter((key) => !stored.includes(key));
console.log(`writes: ${acknowledged.length} acknowledged, ${stored.length} stored, ${entries} entries in the ledger, ${lost.length} lost`);
assert.deepEqual(lost, []);
assert.equal(new Set(stored).size, stored.length);
assert.equal(Number(entries), stored.length, "none is there twice");
for (const { child, ended } of instances) {
  child.kill("SIGTERM");
  await ended;
}
process.exit(0);
