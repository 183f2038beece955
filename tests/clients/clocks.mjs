// Two instances on one Postgres, of which one has a clock of its own (libfaketime): ten seconds ahead, then ten behind. As long
// as it differs that instance answers, and is not ready, writes nothing and ends no embargo; the other goes on; when the clock
// is right again it does all of it by itself. The clock of Postgres stays as it is. Called by own-postgres.sh.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { STM, PG_BIN, STM_TOKEN_VNG, FAKETIME_LIB } = process.env;
const STM_TOKEN_MINISTRY = execFileSync(STM, ["token", "--role", "ministry"], { encoding: "utf8" }).trim();
const places = readdirSync("/usr/lib").map((folder) => `/usr/lib/${folder}/faketime/libfaketimeMT.so.1`);
const library = FAKETIME_LIB ?? places.find((place) => existsSync(place));
assert.ok(library, "libfaketimeMT.so.1 is not found: install faketime, or name it in FAKETIME_LIB");
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const sql = (text) => execFileSync(`${PG_BIN}/psql`, ["-AtXq", "-v", "ON_ERROR_STOP=1", "-c", text], { encoding: "utf8" }).trim();
const head = () => Number(sql("select number from ledger_head"));

// How far the second clock is ahead, in seconds. Read anew at each look at the clock, so it is put there in one piece.
const folder = mkdtempSync(join(tmpdir(), "stm-clocks."));
const setClock = (seconds) => {
  writeFileSync(join(folder, "new"), `${seconds < 0 ? "" : "+"}${seconds}\n`);
  renameSync(join(folder, "new"), join(folder, "clock"));
};
const OWN_CLOCK = {
  LD_PRELOAD: library,
  FAKETIME_TIMESTAMP_FILE: join(folder, "clock"),
  FAKETIME_NO_CACHE: "1",
  // Time-outs run by the machine's steady clock.
  FAKETIME_DONT_FAKE_MONOTONIC: "1",
  NO_FAKE_STAT: "1",
};

const freePort = () =>
  new Promise((resolve) => {
    const server = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
const start = async (environment) => {
  const port = await freePort();
  const env = { ...process.env, ...environment, STM_LISTEN: `127.0.0.1:${port}`, STM_LOG: "info", STM_LOG_FORMAT: "json" };
  const child = spawn(STM, ["serve"], { env, stdio: ["ignore", "ignore", "pipe"] });
  process.on("exit", () => child.kill("SIGKILL"));
  const instance = { url: `http://127.0.0.1:${port}`, child, log: "" };
  child.stderr.setEncoding("utf8").on("data", (chunk) => (instance.log += chunk));
  for (;;) {
    const live = await fetch(`${instance.url}/health/live`).then(({ status }) => status, () => 0);
    if (live === 200) return instance;
    assert.equal(child.exitCode, null, `the service ended: ${instance.log}`);
    await pause(50);
  }
};

const get = async ({ url }, path) => {
  const response = await fetch(url + path);
  return { status: response.status, after: response.headers.get("retry-after"), text: await response.text() };
};
const send = async ({ url }, token, query, variables) => {
  const headers = { "content-type": "application/json", accept: "application/graphql-response+json" };
  if (token) headers.authorization = `Bearer ${token}`;
  const response = await fetch(`${url}/v1/graphql`, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
  const text = await response.text();
  return { status: response.status, text, ...JSON.parse(text) };
};
const change = (instance, token, mutation, input) => {
  const type = mutation[0].toUpperCase() + mutation.slice(1);
  return send(instance, token, `mutation ($input: ${type}Input!) { ${mutation}(input: $input) { errors { code } } }`, { input });
};
const must = async (instance, token, mutation, input) => {
  const { text, data } = await change(instance, token, mutation, input);
  assert.deepEqual(data, { [mutation]: { errors: [] } }, text);
};
const isOpen = async (instance, round) => {
  const { status, text, data } = await send(instance, undefined, "{ openRounds { nodes { key } } }");
  assert.equal(status, 200, text);
  return data.openRounds.nodes.some(({ key }) => key === round);
};
const statement = (key) => ({ key, kind: "STATEMENT", titleNl: "Verklaring", idempotencyKey: key });

// The lines of the log of an instance whose message begins so. The same words stand in the line of a write that was refused, as
// its reason: that is another message.
const lines = ({ log }, message) =>
  log
    .split("\n")
    .filter((line) => line.includes(message))
    .map((line) => JSON.parse(line))
    .filter((line) => (line.fields ?? line).message.startsWith(message));
const DIFFER = "the clocks of this instance and of the database differ by more than two seconds";
const AGREE = "the clocks of this instance and of the database agree again";
const metricOf = async (instance) => {
  const { text } = await get(instance, "/metrics");
  return 1000 * Number(/^stm_clock_ahead_seconds (-?[\d.]+)$/m.exec(text)[1]);
};
// What is found is the least by which the clocks differ, as the answer of Postgres took its time.
const isAbout = (found, seconds) => {
  const least = Math.abs(seconds * 1000) - 1000;
  assert.ok(Math.sign(found) === Math.sign(seconds) && Math.abs(found) > least && Math.abs(found) <= least + 1000, `${found} ms`);
};

const isReady = async (instance) => {
  const ready = await get(instance, "/health/ready");
  assert.equal(ready.status, 200, ready.text);
  assert.deepEqual(JSON.parse(ready.text), { status: "ready", ledger: head() });
  assert.equal(await metricOf(instance), 0);
};

const isNotReady = async (instance, seconds) => {
  const ready = await get(instance, "/health/ready");
  assert.equal(ready.status, 503, ready.text);
  assert.equal(ready.after, "1");
  assert.equal(JSON.parse(ready.text).code, "UNAVAILABLE");
  const found = /The clock of this instance is (-?\d+) ms ahead of that of the database\./.exec(ready.text);
  assert.ok(found, ready.text);
  isAbout(Number(found[1]), seconds);
  isAbout(await metricOf(instance), seconds);
  assert.equal((await get(instance, "/health/live")).status, 200);
};

// A round whose embargo ends in so many seconds.
const decided = async (instance, round, seconds) => {
  const named = (key) => `${key}-${round}`;
  await must(instance, STM_TOKEN_MINISTRY, "openMonitoringRound", {
    key: round, titleNl: "Monitoringsoverzicht", titleEn: "Monitoring overview",
    dateEarliest: "2026-05-01", dateLatest: "2026-10-31", idempotencyKey: named("open"),
  });
  await must(instance, STM_TOKEN_MINISTRY, "reportStatus", { round, action: 30, status: "COMPLETED", idempotencyKey: named("report") });
  const hour = new Date((Math.floor(Date.now() / 3_600_000) + 2) * 3_600_000).toISOString();
  await must(instance, STM_TOKEN_MINISTRY, "closeMonitoringRound", { round, embargoUntil: hour, idempotencyKey: named("close") });
  const moved = sql(`update work.timed_release set release_at = now() + interval '${seconds} seconds' where key = '${round}' returning key`);
  assert.equal(moved, round);
  return Date.now() + seconds * 1000;
};

setClock(0);
const right = await start({});
const other = await start(OWN_CLOCK);
await isReady(right);
await isReady(other);
await must(other, STM_TOKEN_VNG, "registerSourceDocument", statement("clocks-before"));
assert.deepEqual(lines(other, DIFFER), []);

const differ = async (seconds, round) => {
  const turns = lines(other, DIFFER).length;
  // An embargo that by the fast clock has ended long ago, or that ends before the slow clock says so.
  const due = await decided(right, round, seconds > 0 ? 5 : 1);
  // The instance whose clock is right looks for what is due by itself, so it is halted meanwhile: nothing else ends the embargo.
  right.child.kill("SIGSTOP");
  const before = head();
  setClock(seconds);
  await isNotReady(other, seconds);
  const told = lines(other, DIFFER).slice(turns);
  assert.equal(told.length, 1, "the log tells it once");
  assert.equal(told[0].level, "ERROR");
  isAbout((told[0].fields ?? told[0])["clock.ahead_ms"], seconds);

  const refused = await change(other, STM_TOKEN_VNG, "registerSourceDocument", statement(`clocks-${round}`));
  assert.equal(refused.status, 503, refused.text);
  assert.deepEqual(refused.errors.map(({ extensions }) => extensions.code), ["UNAVAILABLE"]);
  assert.ok(!refused.text.includes("clock"), refused.text);
  const { data } = await send(other, undefined, "{ viewer { role } }");
  assert.deepEqual(data, { viewer: { role: "PUBLIC" } });

  // At the end it is over by both clocks.
  const over = due + Math.max(0, -seconds) * 1000 + 1500;
  while (Date.now() < over) {
    assert.equal(await isOpen(other, round), true);
    assert.equal(head(), before);
    await pause(200);
  }
  right.child.kill("SIGCONT");
  assert.equal(await isOpen(right, round), false);
  const released = head();
  assert.ok(released > before, "the other instance ends it");
  assert.equal(await isOpen(other, round), false);
  await must(right, STM_TOKEN_VNG, "registerSourceDocument", statement(`clocks-right-${round}`));
  assert.equal(head(), released + 1);
  await isReady(right);
  await isNotReady(other, seconds);
  assert.equal(lines(other, DIFFER).length, turns + 1);

  const healed = lines(other, AGREE).length;
  setClock(0);
  await isReady(other);
  assert.equal(lines(other, AGREE).length, healed + 1);
  await must(other, STM_TOKEN_VNG, "registerSourceDocument", statement(`clocks-${round}`));
  assert.equal(head(), released + 2);
  console.log(`${Math.abs(seconds)} seconds ${seconds > 0 ? "ahead" : "behind"}: not ready, no write, no release; right again: all of it`);
};
await differ(10, "2026-1");
await differ(-10, "2026-2");
for (const { child } of [right, other]) {
  const ended = new Promise((resolve) => child.on("exit", resolve));
  child.kill("SIGTERM");
  assert.equal(await ended, 0);
}
process.exit(0);
