// Eighteen other municipalities submit by the API, as a supplier's program does for them, so that twenty wait for VNG. Ten of them meet
// what they are asked, eight do not, so that no count tells what each of them answered.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

import { base } from "../look/context.mjs";

const COUNT = 18;
const MET = 10;

const send = async (token, query, variables) => {
  const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) };
  const response = await fetch(`${base}/v1/graphql`, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
};

const change = async (token, name, input) => {
  const type = `${name[0].toUpperCase()}${name.slice(1)}Input!`;
  const data = await send(token, `mutation ($input: ${type}) { ${name}(input: $input) { errors { code } } }`, { input });
  assert.deepEqual(data, { [name]: { errors: [] } });
};

export const othersHandIn = async () => {
  const { municipalities } = await send(null, "{ municipalities(first: 40) { nodes { code } } }");
  const known = municipalities.nodes.map(({ code }) => code);
  const codes = known.filter((code) => !["GM0402", "GM0406"].includes(code)).slice(0, COUNT);
  const served = codes.flatMap((code) => ["--municipality", code]);
  const token = execFileSync(process.env.STM, ["token", "--role", "municipality", ...served], { encoding: "utf8" }).trim();
  for (const [at, municipality] of codes.entries()) {
    const answers = [{ criterion: "SV-01", answer: at < MET ? "MET" : "NOT_MET" }];
    await change(token, "saveDraft", { municipality, period: "2026-2", answers });
    await change(token, "submitAssessment", {
      municipality,
      period: "2026-2",
      approvedByFunction: "Gemeentesecretaris",
      approvedOn: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10),
      idempotencyKey: `others ${municipality}`,
    });
  }
};
