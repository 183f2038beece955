// Then and now in one cache: Apollo's InMemoryCache and urql's graphcache, with nothing configured but the address. Each
// answer is asked once from the service, read again from the cache alone, and must be what the service says without one.
import assert from "node:assert/strict";
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from "@apollo/client/core/index.js";
import { Client as UrqlClient, fetchExchange } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { buildSchema, introspectionFromSchema, parse, print, visit } from "graphql";
import { readFileSync } from "node:fs";
import { createClient } from "graphql-ws";
import WebSocket from "ws";

const url = `${process.env.SERVICE_URL}/v1/graphql`;
const headers = { authorization: `Bearer ${process.env.STM_TOKEN_VNG}` };
const schema = buildSchema(readFileSync(new URL("../../schema.graphql", import.meta.url), "utf8"));
const then = { day: "2021-06-30" };

const QUESTIONS = [
  ["a region now", "query($at: Moment) { region(code: \"VR14\", at: $at) { id code name municipalities { id code name region { id name } } } }", {}],
  ["the region then", "query($at: Moment) { region(code: \"VR14\", at: $at) { id code name municipalities { id code name region { id name } } } }", { at: then }],
  ["a municipality now", "query($at: Moment) { municipality(code: \"GM0402\", at: $at) { id name policyState region { id code } } }", {}],
  ["the municipality then", "query($at: Moment) { municipality(code: \"GM0402\", at: $at) { id name policyState region { id code } } }", { at: then }],
  ["the dashboard now", "query($at: Moment) { dashboard(at: $at) { actionsInPlan round { key } delayed { id key status } } }", {}],
  ["the dashboard before the first round", "query($at: Moment) { dashboard(at: $at) { actionsInPlan round { key } delayed { id key status } } }", { at: { day: "2025-01-01" } }],
  ["the dashboard of a round", "query($round: String) { dashboard(round: $round) { actionsInPlan round { key } delayed { id key status } } }", { round: "2025-1" }],
  ["an action now", "query($at: Moment) { action(number: 32, at: $at) { id key status monitoring { state } } }", {}],
  ["the action before the first round", "query($at: Moment) { action(number: 32, at: $at) { id key status monitoring { state } } }", { at: { day: "2025-01-01" } }],
];

// What the service says, with the __typename that caches ask for.
const withTypenames = (query) =>
  print(visit(parse(query), {
    SelectionSet(node, _key, parent) {
      if (parent?.kind === "OperationDefinition") return undefined;
      return { ...node, selections: [...node.selections, { kind: "Field", name: { kind: "Name", value: "__typename" } }] };
    },
  }));
async function answer(query, variables) {
  const response = await fetch(url, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify({ query: withTypenames(query), variables }),
  });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
}
const expected = new Map();
for (const [name, query, variables] of QUESTIONS) expected.set(name, await answer(query, variables));

// Keys in any order: a cache need not keep the order of fields.
const sorted = (value) =>
  Array.isArray(value) ? value.map(sorted)
    : value && typeof value === "object" ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]))
      : value;
const same = (name, data) => assert.deepEqual(sorted(data), sorted(expected.get(name)), name);

async function apollo() {
  let asked = 0;
  const count = new ApolloLink((operation, forward) => { asked += 1; return forward(operation); });
  const client = new ApolloClient({
    cache: new InMemoryCache({ possibleTypes: { Node: schema.getPossibleTypes(schema.getType("Node")).map((type) => type.name) } }),
    link: ApolloLink.from([count, new HttpLink({ uri: url, headers, fetch })]),
  });
  for (const round of ["first", "again"]) {
    for (const [name, query, variables] of QUESTIONS) {
      const { data } = await client.query({ query: gql(query), variables, fetchPolicy: "cache-first" });
      same(name, data);
    }
    assert.equal(asked, QUESTIONS.length, `asked ${asked} times after the ${round} walk`);
  }
  // A replayed event tells what was then, and leaves what the cache knows of now.
  const socket = createClient({ url: url.replace(/^http/, "ws"), webSocketImpl: WebSocket, connectionParams: headers });
  const subscription = "subscription { statusReported(since: 0) { __typename ledger action { __typename id key status } } }";
  for await (const { data, errors } of socket.iterate({ query: subscription })) {
    assert.equal(errors, undefined, JSON.stringify(errors));
    client.cache.writeQuery({ query: gql(subscription), data });
    break;
  }
  await socket.dispose();
  for (const [name, query, variables] of QUESTIONS) {
    const { data } = await client.query({ query: gql(query), variables, fetchPolicy: "cache-only" });
    same(name, data);
  }
  console.log(`apollo: ${QUESTIONS.length} answers side by side, each asked once, a replayed event beside them`);
}

async function urql() {
  let asked = 0;
  const client = new UrqlClient({
    url,
    preferGetMethod: false,
    fetch: (...args) => { asked += 1; return fetch(...args); },
    fetchOptions: { headers },
    exchanges: [cacheExchange({ schema: introspectionFromSchema(schema) }), fetchExchange],
  });
  for (const round of ["first", "again"]) {
    for (const [name, query, variables] of QUESTIONS) {
      const { data, error } = await client.query(query, variables, { requestPolicy: "cache-first" }).toPromise();
      assert.equal(error, undefined, String(error));
      assert.deepEqual(sorted(data), sorted(withoutTypenames(expected.get(name))), name);
    }
    assert.equal(asked, QUESTIONS.length, `asked ${asked} times after the ${round} walk`);
  }
  console.log(`graphcache: ${QUESTIONS.length} answers side by side, each asked once`);
}
// What urql hands out has no __typename that the document does not ask.
function withoutTypenames(value) {
  if (Array.isArray(value)) return value.map(withoutTypenames);
  if (!value || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([key]) => key !== "__typename");
  return Object.fromEntries(entries.map(([key, each]) => [key, withoutTypenames(each)]));
}

await apollo();
await urql();
process.exit(0);
