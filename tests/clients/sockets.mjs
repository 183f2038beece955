// The npm client graphql-ws, and raw frames, against a running service: close codes, errors, resuming.
import assert from "node:assert/strict";
import { createClient } from "graphql-ws";
import WebSocket from "ws";

const url = `${process.env.SERVICE_URL}/v1/graphql`.replace(/^http/, "ws");
const token = process.env.STM_TOKEN_VNG;

// Opens a raw socket, sends messages, and tells with which code it is closed.
const closes = (messages, { protocol = "graphql-transport-ws", headers = {} } = {}) =>
  new Promise((resolve, reject) => {
    const socket = protocol ? new WebSocket(url, protocol, { headers }) : new WebSocket(url, { headers });
    socket.on("open", () => messages.forEach((message) => socket.send(message)));
    socket.on("close", resolve);
    socket.on("error", (error) => (/subprotocol/i.test(error.message) ? resolve(4406) : reject(error)));
    setTimeout(() => reject(new Error("not closed in time")), 15_000).unref();
  });
const init = (payload) => JSON.stringify({ type: "connection_init", payload });
const subscribe = (id, query) => JSON.stringify({ id, type: "subscribe", payload: { query } });
const forever = "subscription { ledgerAdvanced { ledger } }";

for (const [name, expected, messages, options] of [
  ["no message", 4400, [init(), "nonsense"]],
  ["a message of the old protocol", 4400, [init(), '{"type":"start","id":"1"}']],
  ["bytes", 4400, [init(), Buffer.from([1, 2, 3])]],
  ["subscribe before connection_init", 4401, [subscribe("1", forever)]],
  ["a token that does not hold", 4403, [init({ authorization: "Bearer no" })]],
  ["a header that does not hold", 4403, [init()], { headers: { authorization: "Bearer no" } }],
  ["no sub-protocol", 4406, [], { protocol: null }],
  ["the old sub-protocol", 4406, [], { protocol: "graphql-ws" }],
  ["no connection_init", 4408, []],
  ["an id twice", 4409, [init(), subscribe("1", forever), subscribe("1", forever)]],
  ["connection_init twice", 4429, [init(), init()]],
]) {
  assert.equal(await closes(messages, options), expected, name);
  console.log(`${expected} ${name}`);
}

const client = (authorization) =>
  createClient({
    url,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    // One socket for all: closed and opened between two questions, the client would now and then meet its own end.
    lazyCloseTimeout: 10_000,
    connectionParams: authorization ? { authorization } : {},
  });

// Takes in so many results of an operation.
const take = async (client, query, most) => {
  const results = [];
  for await (const result of client.iterate({ query })) {
    assert.equal(result.errors, undefined, JSON.stringify(result.errors));
    results.push(result.data);
    if (results.length === most) break;
  }
  return results;
};

const reader = client(`Bearer ${token}`);
assert.deepEqual(await take(reader, "{ viewer { role } }", 2), [{ viewer: { role: "VNG" } }]);
console.log("ok a query over a socket");
await assert.rejects(take(reader, "subscription { nothing }", 1), (errors) => errors[0].extensions.code === "BAD_REQUEST");
console.log("ok a document that is not valid is an error");

// The public past of the ledger, whole; then from every position in it: exactly what comes after.
const from = (position) => `subscription { statusReported(since: "${position}") { ledger position action { key } } }`;
const publicReader = client();
const whole = await take(publicReader, from(0), 40);
const numbers = whole.map(({ statusReported }) => statusReported.ledger);
assert.equal(new Set(numbers).size, 40);
assert.deepEqual(numbers, [...numbers].sort((a, b) => a - b));
for (const at of [0, 1, 17, 38]) {
  const rest = await take(publicReader, from(whole[at].statusReported.position), 39 - at);
  assert.deepEqual(rest, whole.slice(at + 1), `going on from ${numbers[at]}`);
}
console.log(`ok going on from a position is exact: 40 events, from ${numbers[0]} to ${numbers[39]}`);
await reader.dispose();
await publicReader.dispose();
process.exit(0);
