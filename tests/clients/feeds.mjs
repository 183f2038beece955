// What the checks of tables share: the tables as VNG reads them.
const headers = { authorization: `Bearer ${process.env.STM_TOKEN_VNG}` };

/** An answer of the service; anything but success is an error. */
export async function get(path, options = {}) {
  const answer = await fetch(process.env.SERVICE_URL + path, { ...options, headers: { ...headers, ...options.headers } });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer;
}

/** The tables that VNG reads, as `/v1/feeds/` lists them. */
export async function readable() {
  const { tables } = await get("/v1/feeds/").then((answer) => answer.json());
  return tables.filter((table) => table.rows !== null);
}

/** The answer to a change, which has no errors. */
export async function change(query, variables) {
  const body = JSON.stringify({ query, variables });
  const answer = await get("/v1/graphql", { method: "POST", body, headers: { "content-type": "application/json" } });
  const { data, errors } = await answer.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

/** The secret of a new key for these tables. */
export async function feedKey(tables) {
  const day = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const input = { label: "client", tables, lastDay: day, idempotencyKey: `client-${Date.now()}` };
  const mutation = "mutation ($input: CreateFeedKeyInput!) { createFeedKey(input: $input) { secret errors { code message { en } } } }";
  const { createFeedKey: made } = await change(mutation, { input });
  if (made.errors.length > 0) throw new Error(JSON.stringify(made.errors));
  return made.secret;
}
