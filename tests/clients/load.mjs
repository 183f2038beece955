// How long others wait: the public while the ledger is locked for ten seconds and twelve writers wait for it, and a person while
// one address asks two hundred heavy questions at once. Called by own-postgres.sh, on a machine that does nothing else.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import http from "node:http";
import net from "node:net";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";

const WRITERS = 12;
const LOCKED = 10_000;
const HEAVY = 200;
// Milliseconds that the 99th of a hundred public readers, and a person in the middle, may wait.
const MOST_LOCKED = 200;
const MOST_BESIDE = 300;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const send = (port, agent, token, body) =>
  new Promise((resolve) => {
    const headers = { "content-type": "application/json", accept: "application/graphql-response+json" };
    if (token) headers.authorization = `Bearer ${token}`;
    const request = http.request({ port, host: "127.0.0.1", path: "/v1/graphql", method: "POST", agent, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => (text += chunk));
      response.on("end", () => resolve({ status: response.statusCode, after: response.headers["retry-after"], text }));
      response.on("error", () => resolve({ status: 0 }));
    });
    request.on("error", () => resolve({ status: 0 }));
    request.end(JSON.stringify(body));
  });

// A reader in a thread of its own: a question every 20 ms until it is told to end, and how long each answer took. No two
// questions are alike, so that no answer is one that was kept.
if (!isMainThread) {
  const agent = new http.Agent({ keepAlive: true });
  const { port, token } = workerData;
  let working = true;
  parentPort.on("message", () => (working = false));
  const times = [];
  for (let number = 0; working; number += 1) {
    const began = performance.now();
    const query = `{ a${number}: municipality(code: "GM0402") { label } action(number: 32) { title { nl } status } }`;
    const { status, text } = await send(port, agent, token, { query });
    times.push(performance.now() - began);
    assert.equal(status, 200, text);
    await pause(20);
  }
  parentPort.postMessage(times.sort((a, b) => a - b));
  // The thread that started this one ends it when the times have arrived.
  await new Promise(() => {});
}

const { STM, PG_BIN, STM_TOKEN_VNG } = process.env;
const port = await new Promise((resolve) => {
  const server = net.createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});
const child = spawn(STM, ["serve"], { env: { ...process.env, STM_LISTEN: `127.0.0.1:${port}` }, stdio: ["ignore", "ignore", "inherit"] });
process.on("exit", () => child.kill("SIGKILL"));
for (;;) {
  const ready = await fetch(`http://127.0.0.1:${port}/health/ready`).then(({ status }) => status, () => 0);
  if (ready === 200) break;
  assert.equal(child.exitCode, null, "the service ended");
  await pause(50);
}

process.env.SERVICE_URL = `http://127.0.0.1:${port}`;
await import("./open-period.mjs");

// What a reader waited while something else was done.
const reading = async (token, meanwhile) => {
  const worker = new Worker(new URL(import.meta.url), { workerData: { port, token } });
  const done = new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
  await pause(500);
  await meanwhile();
  worker.postMessage("end");
  const times = await done;
  await worker.terminate();
  return times;
};
const part = (times, share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
let failed = false;
const tell = (what, times, share, most) => {
  const found = part(times, share);
  failed ||= found > most;
  const others = `median ${part(times, 0.5).toFixed(0)}, slowest ${times[times.length - 1].toFixed(0)}`;
  console.log(`${what}: ${found.toFixed(0)} ms of at most ${most} (${others}, ${times.length} answers)`);
};

// The head of the ledger is held by another session, as by a writer that does not end.
const agent = new http.Agent({ keepAlive: true });
const locked = () =>
  new Promise((resolve, reject) => {
    const sql = `begin; select number from ledger_head for update; select pg_sleep(${LOCKED / 1000}); commit`;
    const psql = spawn(`${PG_BIN}/psql`, ["-AtXq", "-c", sql], { stdio: ["ignore", "ignore", "inherit"] });
    psql.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`psql ended with ${code}`))));
  });
let told = 0;
const write = async (number) => {
  const query = "mutation ($input: RegisterSourceDocumentInput!) { registerSourceDocument(input: $input) { document { key } errors { code } } }";
  const input = { key: `load-${number}`, kind: "STATEMENT", titleNl: "Verklaring", idempotencyKey: `load-${number}` };
  for (;;) {
    const { status, after, text } = await send(port, agent, STM_TOKEN_VNG, { query, variables: { input } });
    if (status === 200) return assert.deepEqual(JSON.parse(text).data.registerSourceDocument, { document: { key: input.key }, errors: [] });
    assert.equal(status, 503, text);
    told += 1;
    await pause(Number(after ?? 1) * 1000);
  }
};
const whileLocked = await reading(undefined, async () => {
  const lock = locked();
  await pause(300);
  const writers = Array.from({ length: WRITERS }, (_, number) => write(number));
  await lock;
  await Promise.all(writers);
});
tell(`ledger locked for ${LOCKED / 1000} s, ${WRITERS} writers wait; the public's 99th percentile`, whileLocked, 0.99, MOST_LOCKED);
console.log(`all ${WRITERS} writers were answered; ${told} times one was told to come back`);

// Everything that is dear by the price list, as often as a document may ask it.
const HEAVY_QUERY =
  "{ dataQuality { counts { equal } checks(first: 100) { nodes { subject published computed } } contradictions { subject } } compliancePicture(by: PROVINCE) { groups { name members } municipalities { status } } search(text: \"mensenhandel\", first: 100) { totalCount nodes { excerpt } } budget { totals { year published { euros } } } dashboard { statement } }";
const outcomes = {};
const began = Date.now();
const beside = await reading(STM_TOKEN_VNG, async () => {
  const heavy = Array.from({ length: HEAVY }, async (_, number) => {
    const query = HEAVY_QUERY.replace("dashboard", `a${number}: dashboard`);
    const { status, text } = await send(port, agent, undefined, { query });
    if (status !== 200 && !outcomes[status]) console.log(text);
    outcomes[status] = (outcomes[status] ?? 0) + 1;
  });
  await Promise.all(heavy);
});
console.log(`${HEAVY} heavy questions of one address: ${JSON.stringify(outcomes)} in ${((Date.now() - began) / 1000).toFixed(1)} s`);
tell("a person's median beside them", beside, 0.5, MOST_BESIDE);
const ended = new Promise((resolve) => child.on("exit", resolve));
child.kill("SIGTERM");
assert.equal(await ended, 0, "it ended well");
process.exit(failed ? 1 : 0);
