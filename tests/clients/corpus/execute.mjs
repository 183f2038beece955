// Asks the service 200 documents with aliases, fragments, merged fields, directives and variables, and compares each
// answer with what graphql-js makes of data that were fetched once: the same `data`, key by key, in the same order.
//
// It needs SERVICE_URL; ./run corpus starts a service for it.
import { readFileSync } from "node:fs";
import { buildSchema, execute, getNamedType, isAbstractType, isLeafType, isNonNullType, parse, validate } from "graphql";

const DOCUMENTS = 200;
const url = `${process.env.SERVICE_URL}/v1/graphql`;
const schema = buildSchema(readFileSync(new URL("../../../schema.graphql", import.meta.url), "utf8"));

async function ask(query, variables) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, text: await response.text() };
}

/** Numbers from 0 up to 1, always the same ones. */
let seed = 20261130;
function random() {
  seed = (seed * 1664525 + 1013904223) % 4294967296;
  return seed / 4294967296;
}
const chance = (share) => random() < share;
const pick = (list) => list[Math.floor(random() * list.length)];

const isFree = (field) => field.args.every((arg) => !isNonNullType(arg.type) || arg.defaultValue !== undefined);

/** Every leaf of a type and the objects below it, to a depth: what is fetched once. */
function everything(type, depth) {
  const named = getNamedType(type);
  if (isLeafType(named)) return "";
  if (isAbstractType(named)) return " { __typename }";
  const fields = Object.values(named.getFields()).filter(isFree);
  const parts = fields.filter((field) => isLeafType(getNamedType(field.type)) || depth > 0)
    .map((field) => field.name + everything(field.type, depth - 1));
  return ` { __typename ${parts.join(" ")} }`;
}

/** A part of what was fetched: fields in any order, under aliases, twice, in fragments, with directives. */
function part(type, depth, fragments, variables) {
  const named = getNamedType(type);
  if (isLeafType(named)) return "";
  if (isAbstractType(named)) return " { __typename t: __typename }";
  const fields = Object.values(named.getFields()).filter(isFree).filter((field) => isLeafType(getNamedType(field.type)) || depth > 0);
  const parts = [];
  const count = 1 + Math.floor(random() * 5);
  for (let i = 0; i < count && fields.length; i += 1) {
    const field = pick(fields);
    const alias = chance(0.3) ? `${field.name}${Math.floor(random() * 2)}: ` : "";
    parts.push(alias + field.name + directive(variables) + part(field.type, depth - 1, fragments, variables));
    if (chance(0.15)) parts.push(parts.at(-1));
  }
  if (chance(0.4)) parts.push(pick(["__typename", "kind_: __typename"]));
  let inner = parts.join(" ") || "__typename";
  if (chance(0.2)) inner = `... on ${named.name}${directive(variables)} { ${inner} }`;
  if (chance(0.1)) inner = `...${directive(variables)} { ${inner} } __typename`;
  if (chance(0.2)) {
    const name = `F${fragments.length}`;
    fragments.push(`fragment ${name} on ${named.name} { ${inner} }`);
    inner = chance(0.3) ? `...${name} ...${name}` : `...${name}`;
  }
  return ` { ${inner} }`;
}

function directive(variables) {
  if (!chance(0.2)) return "";
  const name = pick(["skip", "include"]);
  if (chance(0.4)) return ` @${name}(if: ${chance(0.5)})`;
  const variable = pick(["yes", "no", "left"]);
  variables.add(variable);
  return ` @${name}(if: $${variable})`;
}
const DECLARED = { yes: "$yes: Boolean!", no: "$no: Boolean! = false", left: "$left: Boolean = true" };

const roots = Object.values(schema.getQueryType().getFields())
  .filter((field) => ["about", "planVersions", "exploitationForms", "reportingPoints", "regions", "framework", "dashboard", "actions", "partners", "buildingBlocks", "viewer"].includes(field.name))
  .filter(isFree);
const fetched = {};
for (const field of roots) {
  for (const depth of [3, 2, 1]) {
    const { text } = await ask(`{ ${field.name}${everything(field.type, depth)} }`);
    const { data, errors } = JSON.parse(text);
    if (errors || !data) continue;
    fetched[field.name] = { value: data[field.name], depth };
    break;
  }
}
const names = Object.keys(fetched);
if (names.length < 6) throw new Error(`only ${names.join(", ")} could be fetched whole`);
const rootValue = Object.fromEntries(names.map((name) => [name, fetched[name].value]));

let [asked, same, refused] = [0, 0, 0];
const differences = [];
while (asked < DOCUMENTS) {
  const fragments = [];
  const variables = new Set();
  const chosen = [pick(names), ...(chance(0.3) ? [pick(names)] : [])];
  const fields = chosen.map((name) => {
    const field = roots.find((candidate) => candidate.name === name);
    return (chance(0.3) ? `root: ${name}` : name) + directive(variables) + part(field.type, fetched[name].depth, fragments, variables);
  });
  const declared = [...variables].map((name) => DECLARED[name]);
  const document = `query Q${declared.length ? `(${declared.join(", ")})` : ""} { ${fields.join(" ")} } ${fragments.join(" ")}`;
  const parsed = parse(document);
  const values = { ...(variables.has("yes") && { yes: true }) };
  const isValid = validate(schema, parsed).length === 0;
  const { status, text } = await ask(document, values);
  if (!isValid) {
    // Fields that conflict: the service must say so too.
    refused += 1;
    if (status !== 400 || JSON.parse(text).data !== undefined) differences.push({ document, text });
    continue;
  }
  asked += 1;
  const expected = JSON.stringify((await execute({ schema, document: parsed, rootValue, variableValues: values, typeResolver: (value) => value.__typename })).data);
  const got = JSON.stringify(JSON.parse(text).data);
  if (got === expected) same += 1;
  else differences.push({ document, values, expected: expected?.slice(0, 400), got: (got ?? text).slice(0, 400) });
}
for (const difference of differences.slice(0, 10)) console.log(difference);
console.log(`graphql-js: ${asked} executions over ${names.join(", ")}, ${same} the same; ${refused} documents refused by both, ${differences.length} differences`);
process.exitCode = differences.length > 0 ? 1 : 0;
