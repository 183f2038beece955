// Nasty clients in bulk, while a normal client asks: how long it waits, and how much memory the service takes.
// By hand: STM_URL, STM_TOKEN_VNG and STM_PID of a running release build (a token, so that the rates of this address,
// which the nasty ones use up, do not bound the normal client).
import fs from "node:fs";
import http from "node:http";
import net from "node:net";
import WebSocket from "ws";

const base = new URL(process.env.STM_URL);
const url = `${base.origin}/v1/graphql`;
const seconds = Number(process.env.SECONDS ?? 30);
const end = Date.now() + seconds * 1000;
const counts = {};
const count = (key) => (counts[key] = (counts[key] ?? 0) + 1);
const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

const post = (body, headers = {}, options = {}) =>
  new Promise((resolve) => {
    const request = http.request(url, { method: "POST", agent: options.agent ?? agent, headers: { "content-type": "application/json", ...headers } }, (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode));
    });
    request.on("error", (error) => resolve(error.code ?? "error"));
    request.end(body);
  });
const query = (text) => JSON.stringify({ query: text });
const rss = () => Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${process.env.STM_PID}/status`, "utf8"))[1]) / 1024;

const wide = Array.from({ length: 10_000 }, (_, n) => `a${n}:__typename`).join(" ");
const doubling = "{...f0}" + Array.from({ length: 22 }, (_, n) => `fragment f${n} on Query{...f${n + 1} ...f${n + 1}}`).join("") + "fragment f22 on Query{__typename}";
const nasty = {
  deep: () => post(query("{a".repeat(5000))),
  brackets: () => post(query(`{__typename @include(if:${"[".repeat(5000)}${"]".repeat(5000)})}`)),
  aliases: () => post(query(`{${wide}}`)),
  directives: () => post(query(`{__typename ${"@skip(if:false)".repeat(2000)}}`)),
  doubling: () => post(query(doubling)),
  costly: () => post(query("{ municipalities(first: 100) { nodes { region { municipalities { region { municipalities { code } } } } } } }")),
  introspection: () => post(query("{__schema{types{fields{type{fields{type{fields{name}}}}}}}}")),
  large: () => post(Buffer.alloc(10 * 1024 * 1024, 32)),
  noise: () => post(Buffer.from(Array.from({ length: 2000 }, () => Math.random() * 256))),
  badToken: () => post(query("{__typename}"), { authorization: "Bearer a.b.c" }),
};
const attack = async (name, make) => {
  while (Date.now() < end) count(`${name} ${await make()}`);
};

// Half-open sockets, and one byte a second.
const silent = Array.from({ length: 200 }, () => net.connect(base.port, base.hostname).on("error", () => {}).on("close", () => count("silent closed")));
const slow = Array.from({ length: 50 }, () => {
  const socket = net.connect(base.port, base.hostname).on("error", () => {}).on("close", () => count("slow closed"));
  socket.write(`POST /v1/graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n`);
  const timer = setInterval(() => (socket.destroyed ? clearInterval(timer) : socket.write("{")), 1000);
  return socket;
});
const sockets = Array.from({ length: 1000 }, () => {
  const socket = new WebSocket(url.replace("http", "ws"), "graphql-transport-ws");
  socket.on("open", () => count("socket open"));
  socket.on("unexpected-response", (_, response) => { count(`socket ${response.statusCode}`); response.destroy(); });
  socket.on("error", () => {});
  socket.on("close", (code) => count(`socket closed ${code}`));
  return socket;
});

const times = [];
let most = rss();
const before = most;
const normal = async () => {
  const own = new http.Agent({ keepAlive: true });
  const headers = { authorization: `Bearer ${process.env.STM_TOKEN_VNG}` };
  while (Date.now() < end) {
    const began = performance.now();
    const status = await post(query("{ action(number: 32) { title { nl } status } }"), headers, { agent: own });
    times.push(performance.now() - began);
    count(`normal ${status}`);
    most = Math.max(most, rss());
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
};
await Promise.all([normal(), ...Object.entries(nasty).flatMap(([name, make]) => [attack(name, make), attack(name, make)])]);
times.sort((a, b) => a - b);
const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1);
for (const [key, value] of Object.entries(counts).sort()) console.log(`${String(value).padStart(8)} ${key}`);
console.log(`normal client: ${times.length} answers, median ${at(0.5)} ms, p99 ${at(0.99)} ms, worst ${at(1)} ms`);
console.log(`memory: ${before.toFixed(0)} MB before, at most ${most.toFixed(0)} MB`);
[...silent, ...slow].forEach((socket) => socket.destroy());
sockets.forEach((socket) => socket.terminate());
process.exit(0);
