// How fast the first page is answered, as it is kept, beside a static file of the same bytes from a server of Node; once as it
// is, once to a client that has it already. Both on this machine, by as many connections.
import assert from "node:assert/strict";
import http from "node:http";

const base = process.env.SERVICE_URL;
const CONNECTIONS = Number(process.env.STILL_CONNECTIONS ?? 16);
const REQUESTS = Number(process.env.STILL_REQUESTS ?? 4000);
const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });

const get = (url, headers) =>
  new Promise((resolve, reject) => {
    const request = http.get(url, { agent, headers }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }));
    });
    request.on("error", reject);
  });

const measure = async (what, url, headers, status) => {
  const took = [];
  let left = REQUESTS;
  const work = async () => {
    while (left > 0) {
      left -= 1;
      const began = performance.now();
      const answer = await get(url, headers);
      took.push(performance.now() - began);
      assert.equal(answer.status, status, what);
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  const seconds = (performance.now() - began) / 1000;
  took.sort((one, other) => one - other);
  const at = (share) => took[Math.floor(share * (took.length - 1))].toFixed(2);
  console.log(`${what}: ${Math.round(REQUESTS / seconds)} a second; ${at(0.5)} ms in the middle, ${at(0.99)} ms at 99 %`);
};

const first = await get(`${base}/`, {});
assert.equal(first.status, 200);
const file = http.createServer((request, response) => {
  if (request.headers["if-none-match"] === first.headers.etag) {
    response.writeHead(304, { etag: first.headers.etag }).end();
    return;
  }
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", etag: first.headers.etag }).end(first.body);
});
await new Promise((resolve) => file.listen(0, "127.0.0.1", resolve));
const still = `http://127.0.0.1:${file.address().port}/`;
console.log(`${first.body.length} bytes, ${CONNECTIONS} connections, ${REQUESTS} requests`);
for (const round of ["warm", "measured"]) {
  if (round === "measured") console.log("");
  await measure("static file", still, {}, 200);
  await measure("first page", `${base}/`, {}, 200);
  await measure("static file, known", still, { "if-none-match": first.headers.etag }, 304);
  await measure("first page, known", `${base}/`, { "if-none-match": first.headers.etag }, 304);
}
agent.destroy();
file.close();
