// The blocks of JavaScript in the guides, as a reader copies them: each is put into a file of its own and run against the service.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { gql } from "@apollo/client/core/index.js";

const NAMES = ["cache.js", "persisted.js", "client.js"];
for (const guide of ["en/frontend.md", "nl/partner.md"]) {
  const text = readFileSync(new URL(`../../api/docs/${guide}`, import.meta.url), "utf8");
  const blocks = [...text.matchAll(/```js\n(.*?)\n```/gs)].map((match) => match[1]);
  assert.equal(blocks.length, NAMES.length, guide);
  // Beside node_modules, so that imports are found; `address` is the one thing that a reader fills in.
  const folder = new URL(`./built/guides/${guide}/`, import.meta.url);
  mkdirSync(folder, { recursive: true });
  blocks.forEach((block, at) => {
    writeFileSync(new URL(NAMES[at], folder), `const address = process.env.SERVICE_URL;\n${block}\n`);
  });
  const { client } = await import(new URL("client.js", folder));
  const { persisted } = await import(new URL("persisted.js", folder));

  const query = gql`query($after: String) { actions(first: 20, after: $after) { nodes { id number } edges { cursor node { id } } pageInfo { endCursor hasNextPage hasPreviousPage startCursor } } }`;
  const list = client.watchQuery({ query });
  const first = await client.query({ query });
  await list.fetchMore({ variables: { after: first.data.actions.pageInfo.endCursor } });
  const whole = client.readQuery({ query });
  assert.equal(whole.actions.edges.length, 40, `${guide}: two pages are one list`);

  const refused = await client.query({ query: gql`{ search(text: "de") { nodes { key } } dashboard { actionsInPlan } }` });
  assert.equal(refused.error.errors[0].extensions.code, "BAD_REQUEST", guide);
  assert.equal(refused.data.dashboard.actionsInPlan, 46, `${guide}: the refused field alone is null`);

  const { ApolloClient, HttpLink, InMemoryCache } = await import("@apollo/client/core/index.js");
  let asked = 0;
  const link = persisted.concat(new HttpLink({
    uri: `${process.env.SERVICE_URL}/v1/graphql`,
    fetch: (...request) => { asked += 1; return fetch(...request); },
  }));
  const again = new ApolloClient({ link, cache: new InMemoryCache(), defaultOptions: { query: { fetchPolicy: "network-only" } } });
  const municipality = gql`query($code: String!) { municipality(code: $code) { id label } }`;
  for (const code of ["GM0402", "GM0376", "GM0363"]) await again.query({ query: municipality, variables: { code } });
  assert.ok(asked <= 4, `${guide}: the text is sent once, ${asked} requests`);
}
console.log("the blocks of both guides run");
