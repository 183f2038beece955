// The service beside its cheapest peer, in one run on one Postgres with the same data: CPU of server and Postgres per request.
// Called by own-postgres.sh, on a machine that does nothing else. Each round asks every question of every server for some
// seconds with sixteen callers; the median of the rounds is told with the lowest and the highest.
//
//   BENCH_ROUNDS   rounds; default 5
//   BENCH_SECONDS  seconds for a question of a server in a round; default 3
//   BENCH_ONLY     which questions are measured, as Q4,M1; default all
//   BENCH_SCALE    versions that each municipality handed in, in each period of the demo; default 1 (read by own-postgres.sh)
import assert from "node:assert/strict";
import { execFileSync, fork, spawn } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import net from "node:net";
import { Worker } from "node:worker_threads";
import pg from "pg";

import { fill } from "./peer_tables.mjs";
import { MUTATION, MUNICIPALITY, PAGE, PEER_MUTATION, questions } from "./questions.mjs";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 3);
const ONLY = process.env.BENCH_ONLY?.split(",");
const TICK = 1_000_000 / Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
const { STM, STM_TOKEN_VNG, PG_CLUSTER, PGHOST, PGPORT, PGDATABASE } = process.env;
const children = [];
process.on("exit", () => children.forEach((child) => child.kill("SIGKILL")));

const freePort = () =>
  new Promise((resolve) => {
    const server = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

// Starts the service; its log goes to a file, a line for each request, as it would in use.
async function service(name, settings) {
  const port = await freePort();
  const log = fs.openSync(`${process.env.STM_DATA_DIR}-${name}.log`, "w");
  const env = { ...process.env, STM_LISTEN: `127.0.0.1:${port}`, STM_LOG: "info", ...settings };
  const child = spawn(STM, ["serve"], { env, stdio: ["ignore", log, log] });
  children.push(child);
  for (;;) {
    assert.equal(child.exitCode, null, "the service ended");
    const ready = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null);
    if (ready?.ok) return { name, port, pid: child.pid };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function peer() {
  const child = fork(new URL("peer.mjs", import.meta.url), {
    env: { ...process.env, PEER_DATABASE: `postgres://postgres@${PGHOST}:${PGPORT}/${PGDATABASE}` },
  });
  children.push(child);
  const { address, columns } = await new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", () => reject(new Error("the peer ended")));
  });
  return { name: "mercurius", port: Number(new URL(address).port), pid: child.pid, columns };
}

// Ticks that a process and those that it waited for have used.
const ticks = (pid, withEnded) => {
  const fields = fs.readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ").map(Number);
  return fields[11] + fields[12] + (withEnded ? fields[13] + fields[14] : 0);
};
const postmaster = Number(fs.readFileSync(`${PG_CLUSTER}/postmaster.pid`, "utf8").split("\n")[0]);
const backends = () => fs.readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, "utf8").trim().split(" ");
// A backend that ends is counted among those that the postmaster waited for.
const used = (server) => ({
  server: ticks(server.pid, false),
  postgres: backends().reduce((sum, pid) => sum + ticks(pid, false), ticks(postmaster, true)),
});
const megabytes = (pid) => Number(/VmHWM:\s+(\d+) kB/.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024;

const JSON_HEADERS = { "content-type": "application/json", accept: "application/json" };
const signed = (token) => ({ ...JSON_HEADERS, authorization: `Bearer ${token}` });

const call = async (server, path, headers, body) => {
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, {
    method: body ? "POST" : "GET",
    headers,
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  assert.equal(response.status, 200, text);
  const answer = JSON.parse(text);
  assert.equal(answer.errors, undefined, text);
  return { answer, response };
};

// Measures one question of one server for some seconds.
async function measure(server, request) {
  const before = used(server);
  const { times, bodies } = await new Promise((resolve, reject) => {
    const worker = new Worker(new URL("caller.mjs", import.meta.url), {
      workerData: { port: server.port, seconds: SECONDS, ...request },
    });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
  const after = used(server);
  // The next round goes on with the revisions that this one came to.
  request.bodies = bodies;
  const each = (name) => ((after[name] - before[name]) * TICK) / times.length;
  return {
    server: each("server"),
    postgres: each("postgres"),
    cpu: each("server") + each("postgres"),
    rate: times.length / SECONDS,
    median: times[times.length >> 1],
  };
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

// The drafts: each caller saves one of another municipality.
async function drafts(live) {
  const period = "2026-2";
  const list = await call(live, "/v1/graphql", signed(STM_TOKEN_VNG), {
    query: `{ municipalities(first: 16) { nodes { code } } framework { criteria { key code answeredBy required } }
      reportingPeriods { key isOpen: state } }`,
  });
  const open = list.answer.data.reportingPeriods.find(({ isOpen }) => isOpen === "OPEN")?.key ?? period;
  const criteria = list.answer.data.framework.criteria.filter(({ answeredBy }) => answeredBy === "MUNICIPALITY");
  const codes = list.answer.data.municipalities.nodes.map(({ code }) => code);
  const bodies = [];
  const headers = [];
  for (const code of codes) {
    const token = execFileSync(STM, ["token", "--role", "municipality", "--municipality", code], { encoding: "utf8" }).trim();
    await call(live, "/v1/graphql", signed(token), {
      query: "mutation ($input: StartDraftInput!) { startDraft(input: $input) { errors { codeText } } }",
      variables: { input: { municipality: code, period: open, idempotencyKey: `bench-${code}` } },
    });
    const draft = await call(live, "/v1/graphql", signed(token), {
      query: `{ assessment(municipality: "${code}", period: "${open}") { draft { answers { criterion { code } revision } } } }`,
    });
    const revisions = new Map(draft.answer.data.assessment.draft.answers.map(({ criterion, revision }) => [criterion.code, revision]));
    const answers = criteria.map(({ code }) => ({
      criterion: code,
      answer: "MET",
      explanation: `Vastgelegd in het beleid, bij ${code}.`,
      revision: revisions.get(code) ?? null,
    }));
    bodies.push({ query: MUTATION, variables: { input: { municipality: code, period: open, answers } } });
    headers.push(signed(token));
  }
  return { bodies, headers, codes, criteria };
}

// ------------------------------------------------------------------------------------------------------------------------------
const live = await service("live", { STM_KEPT_MEGABYTES: "0" });
const answers = {};
for (const [name, { ours }] of Object.entries(questions)) {
  if (ours) answers[name] = (await call(live, "/v1/graphql", signed(STM_TOKEN_VNG), { query: ours })).answer.data;
}
const page = await call(live, questions.Q5.path, signed(STM_TOKEN_VNG));
const pin = { ledger: page.response.headers.get("stm-ledger"), day: page.response.headers.get("stm-day") };
const client = new pg.Client({ connectionString: `postgres://postgres@${PGHOST}:${PGPORT}/${PGDATABASE}` });
await client.connect();
await fill(client, answers, pin);
await client.end();
const mercurius = await peer();

// Both tell the same, or there is nothing to compare.
for (const [name, { ours, peer, rows, peerRows }] of Object.entries(questions)) {
  if (!ours) continue;
  const { answer } = await call(mercurius, "/graphql", JSON_HEADERS, { query: peer });
  assert.deepEqual(peerRows(answer.data), rows(answers[name]), name);
}
const history = `{ history(first: ${PAGE}) { ${mercurius.columns.join(" ")} } }`;
assert.equal((await call(mercurius, "/graphql", JSON_HEADERS, { query: history })).answer.data.history.length, page.answer.value.length);

const kept = await service("kept", {});
const saved = await drafts(live);
const post = (path, headers, bodies) => ({ path, method: "POST", headers, bodies });
const get = (path, headers) => ({ path, method: "GET", headers });
const requests = [];
for (const [name, { ours, peer, path }] of Object.entries(questions)) {
  if (ours) {
    requests.push([name, mercurius, post("/graphql", JSON_HEADERS, [{ query: peer }])]);
    for (const server of [live, kept]) requests.push([name, server, post("/v1/graphql", signed(STM_TOKEN_VNG), [{ query: ours }])]);
  }
  if (path) {
    requests.push([name, mercurius, post("/graphql", JSON_HEADERS, [{ query: history }])]);
    for (const server of [live, kept]) requests.push([name, server, get(path, signed(STM_TOKEN_VNG))]);
  }
}
const peerDrafts = saved.codes.map((municipality) => ({
  query: PEER_MUTATION,
  variables: {
    municipality,
    answers: saved.criteria.map(({ code }) => ({ criterion: code, answer: "MET", explanation: `Vastgelegd in het beleid, bij ${code}.` })),
  },
}));
requests.push(["M1", mercurius, post("/graphql", JSON_HEADERS, peerDrafts)]);
requests.push(["M1", live, post("/v1/graphql", saved.headers, saved.bodies)]);
requests.push(["static", kept, get("/health/live", JSON_HEADERS)]);
if (ONLY) requests.splice(0, requests.length, ...requests.filter(([name]) => ONLY.includes(name) || name === "static"));

const measured = new Map(requests.map(([name, server]) => [`${name} ${server.name}`, []]));
// The first round warms both up and counts for nothing.
for (let round = 0; round <= ROUNDS; round += 1) {
  for (const [name, server, request] of requests) {
    const result = await measure(server, request);
    if (round > 0) measured.get(`${name} ${server.name}`).push(result);
  }
  console.error(`round ${round} of ${ROUNDS}`);
}

const told = (name, server, figure) => {
  const values = (measured.get(`${name} ${server}`) ?? []).map((result) => result[figure]);
  return values.length ? { middle: median(values), low: Math.min(...values), high: Math.max(...values) } : null;
};
const spread = (value) => (value ? `${value.middle.toFixed(0)} (${value.low.toFixed(0)}-${value.high.toFixed(0)})` : "-");
console.log("| | mercurius, µs CPU | ours live | of it server | of it Postgres | ratio | ours kept | requests/s live | kept | mercurius |");
console.log("|---|---|---|---|---|---|---|---|---|---|");
for (const [name, { title }] of Object.entries(questions)) {
  if (ONLY && !ONLY.includes(name)) continue;
  const ours = told(name, "live", "cpu");
  const theirs = told(name, "mercurius", "cpu");
  const cells = [
    `${name} ${title}`,
    spread(theirs),
    spread(ours),
    told(name, "live", "server").middle.toFixed(0),
    told(name, "live", "postgres").middle.toFixed(0),
    (ours.middle / theirs.middle).toFixed(2),
    spread(told(name, "kept", "cpu")),
    told(name, "live", "rate").middle.toFixed(0),
    told(name, "kept", "rate")?.middle.toFixed(0) ?? "-",
    told(name, "mercurius", "rate").middle.toFixed(0),
  ];
  console.log(`| ${cells.join(" | ")} |`);
}
console.log(`static handler: ${spread(told("static", "kept", "cpu"))} µs, ${told("static", "kept", "rate").middle.toFixed(0)} requests/s`);
for (const server of [live, kept, mercurius]) console.log(`${server.name}: ${megabytes(server.pid).toFixed(0)} MB at most`);
process.exit(0);
