// The API, for what happens beside the workplace.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

import { base } from "../look/context.mjs";

// A token of the development issuer.
export const token = (role, ...more) => execFileSync(process.env.STM, ["token", "--role", role, ...more], { encoding: "utf8" }).trim();

export const send = async (bearer, query, variables) => {
  const headers = { "content-type": "application/json", ...(bearer && { authorization: `Bearer ${bearer}` }) };
  const response = await fetch(`${base}/v1/graphql`, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
};

// A mutation, which is accepted.
export const change = async (bearer, name, input) => {
  const type = `${name[0].toUpperCase()}${name.slice(1)}Input!`;
  const data = await send(bearer, `mutation ($input: ${type}) { ${name}(input: $input) { errors { code message { nl } } } }`, { input });
  assert.deepEqual(data, { [name]: { errors: [] } });
};
