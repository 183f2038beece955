// Clients that mean harm, in bulk, beside one that does not: how long that one waits, and how much memory the service takes.
// Each kind for NASTY_SECONDS, and then all at once for three times as long. SERVICE_URL, STM_TOKEN_VNG and SERVICE_PID tell of a
// release build. The normal client has a token, because the others use up what their address may ask.
import assert from "node:assert/strict";
import fs from "node:fs";
import http from "node:http";
import net from "node:net";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";
import WebSocket from "ws";

const MOST_MS = 100;
const MOST_MB = 200;
const seconds = Number(process.env.NASTY_SECONDS ?? 10);
const base = new URL(process.env.SERVICE_URL);
const path = "/v1/graphql";
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const query = (text) => JSON.stringify({ query: text });

const post = (agent, body, headers = {}) =>
  new Promise((resolve) => {
    const request = http.request({ host: base.hostname, port: base.port, path, method: "POST", agent, headers: { "content-type": "application/json", ...headers } }, (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode));
      response.on("error", () => resolve("cut"));
    });
    request.on("error", (error) => resolve(error.code ?? "error"));
    request.end(body);
  });

// The normal client, in a thread of its own: a question every 40 ms, and how long each answer took.
if (!isMainThread) {
  const agent = new http.Agent({ keepAlive: true });
  const headers = { authorization: `Bearer ${process.env.STM_TOKEN_VNG}` };
  const times = [];
  const end = Date.now() + workerData.ms;
  while (Date.now() < end) {
    const began = performance.now();
    const status = await post(agent, query("{ action(number: 32) { title { nl } status } }"), headers);
    assert.equal(status, 200);
    times.push(performance.now() - began);
    await pause(40);
  }
  parentPort.postMessage(times.sort((a, b) => a - b));
  process.exit(0);
}

const counts = {};
const count = (key) => (counts[key] = (counts[key] ?? 0) + 1);
const memory = (of) => Number(new RegExp(`${of}:\\s+(\\d+)`).exec(fs.readFileSync(`/proc/${process.env.SERVICE_PID}/status`, "utf8"))[1]) / 1024;

const wide = Array.from({ length: 10_000 }, (_, n) => `a${n}:__typename`).join(" ");
const doubling = `{...f0}${Array.from({ length: 22 }, (_, n) => `fragment f${n} on Query{...f${n + 1} ...f${n + 1}}`).join("")}fragment f22 on Query{__typename}`;
const noise = Buffer.from(Array.from({ length: 2_000 }, () => Math.random() * 256));
const large = Buffer.alloc(10 * 1024 * 1024, 32);
const nested = "{ municipalities(first: 100) { nodes { region { municipalities { region { municipalities { code } } } } } } }";
const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

// Two at a time, as fast as they are answered.
const asking = (name, body, headers) => async (end) => {
  const one = async () => {
    while (Date.now() < end) count(`${name}: ${await post(agent, body, headers)}`);
  };
  await Promise.all([one(), one()]);
};
// So many connections that do something strange until the end.
const connections = (name, many, begin) => async (end) => {
  const open = Array.from({ length: many }, () => {
    const socket = net.connect(base.port, base.hostname);
    socket.on("error", () => {}).on("close", () => count(`${name}: closed`));
    return { socket, timer: begin(socket) };
  });
  await pause(end - Date.now());
  for (const { socket, timer } of open) {
    clearInterval(timer);
    socket.destroy();
  }
};
const byteByByte = (head) => (socket) => {
  socket.write(head);
  return setInterval(() => socket.destroyed || socket.write("{"), 1_000);
};
const head = `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n`;

const kinds = {
  "5,000 fields deep": asking("deep", query("{a".repeat(5_000))),
  "5,000 brackets": asking("brackets", query(`{__typename @include(if:${"[".repeat(5_000)}${"]".repeat(5_000)})}`)),
  "100 wide, three deep": asking("nested", query(nested)),
  "10,000 aliases": asking("aliases", query(`{${wide}}`)),
  "directive floods": asking("directives", query(`{__typename ${"@skip(if:false)".repeat(2_000)}}`)),
  "doubling fragments": asking("doubling", query(doubling)),
  "endless introspection": asking("introspection", query("{__schema{types{fields{type{fields{type{fields{name}}}}}}}}")),
  "bodies of 10 MB": asking("large", large),
  noise: asking("noise", noise),
  "tokens that do not hold": asking("token", query("{__typename}"), { authorization: "Bearer a.b.c" }),
  "one byte a second, body": connections("slow body", 100, byteByByte(head)),
  "one byte a second, head": connections("slow head", 100, byteByByte("POST /v1/graphql HTTP/1.1\r\nx: ")),
  "half-open sockets": connections("silent", 300, () => undefined),
  "1,000 WebSockets": async (end) => {
    const sockets = Array.from({ length: 1_000 }, () => {
      const socket = new WebSocket(`ws://${base.host}${path}`, "graphql-transport-ws");
      socket.on("open", () => count("socket: open"));
      socket.on("unexpected-response", (_, response) => {
        count(`socket: ${response.statusCode}`);
        response.destroy();
      });
      socket.on("error", () => {});
      socket.on("close", (code) => count(`socket: closed ${code}`));
      return socket;
    });
    await pause(end - Date.now());
    sockets.forEach((socket) => socket.terminate());
  },
};

let failed = false;
const measure = async (name, attacks, ms) => {
  for (const key of Object.keys(counts)) delete counts[key];
  const end = Date.now() + ms;
  const worker = new Worker(new URL(import.meta.url), { workerData: { ms } });
  const done = new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
  await Promise.all(attacks.map((attack) => attack(end)));
  const times = await done;
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  const most = memory("VmHWM");
  if (at(0.99) >= MOST_MS || most >= MOST_MB) failed = true;
  const told = Object.entries(counts).sort().map(([key, value]) => `${key} ${value}`).join(", ");
  console.log(`${name}: normal client ${times.length} answers, median ${at(0.5).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms, worst ${at(1).toFixed(1)} ms; memory ${memory("VmRSS").toFixed(0)} MB, at most so far ${most.toFixed(0)} MB\n    ${told}`);
};

await measure("nothing else", [], seconds * 1_000);
for (const [name, attack] of Object.entries(kinds)) await measure(name, [attack], seconds * 1_000);
await measure("all at once", Object.values(kinds), seconds * 3_000);
console.log(failed ? `more than ${MOST_MS} ms or ${MOST_MB} MB` : `within ${MOST_MS} ms and ${MOST_MB} MB`);
process.exit(failed ? 1 : 0);
