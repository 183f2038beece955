// Writes built/: an operation for every root field of schema.graphql with every argument as a variable, in the forms that
// relay-compiler, graphql-codegen and ariadne-codegen read. For Relay each connection of a root field is one with
// @connection, so that its runtime could page through it.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { buildSchema, getNamedType, isAbstractType, isLeafType, isNonNullType } from "graphql";

const built = new URL("built/", import.meta.url);
const source = readFileSync(new URL("../../../schema.graphql", import.meta.url), "utf8");
const schema = buildSchema(source);
const capital = (name) => name[0].toUpperCase() + name.slice(1);
const isFree = (field) => field.args.every((arg) => !isNonNullType(arg.type) || arg.defaultValue !== undefined);

/** Fields to a depth; `path` gives every field an alias of its own where a union has several kinds. */
function selection(type, depth, prefix = "") {
  const named = getNamedType(type);
  if (isLeafType(named)) return "";
  if (isAbstractType(named)) {
    const kinds = schema.getPossibleTypes(named).map((kind) => {
      const leaf = Object.values(kind.getFields()).find((field) => isFree(field) && isLeafType(getNamedType(field.type)));
      return leaf && leaf.name !== "id" ? `... on ${kind.name} { ${prefix}${kind.name}_${leaf.name}: ${leaf.name} }` : "";
    });
    return ` { __typename ${kinds.join(" ")} }`;
  }
  const fields = Object.values(named.getFields()).filter(isFree);
  const parts = fields.filter((field) => isLeafType(getNamedType(field.type)) || depth > 0).map((field) => field.name + selection(field.type, depth - 1));
  return ` { ${parts.length ? parts.join(" ") : "__typename"} }`;
}

function operation(kind, field, name, { isForRelay, connection }) {
  // A variable for an argument with a default may be left out: its type may be null, and the default then counts.
  // relay-compiler does not know that of the specification, and wants the type of the argument.
  const isLoose = (arg) => arg.defaultValue !== undefined && !isForRelay;
  const typeOf = (arg) => (isLoose(arg) ? `${arg.type}`.replace(/!$/, "") : `${arg.type}`);
  const variables = field.args.map((arg) => `$${arg.name}: ${typeOf(arg)}`).join(", ");
  const args = field.args.map((arg) => `${arg.name}: $${arg.name}`).join(", ");
  const directive = connection ? ` @connection(key: "${name}_${field.name}")` : "";
  let whole = selection(field.type, 1);
  if (connection) {
    const edge = getNamedType(getNamedType(field.type).getFields().edges.type);
    whole = ` { edges { cursor node${selection(edge.getFields().node.type, 0)} } pageInfo { endCursor hasNextPage hasPreviousPage startCursor } }`;
  }
  return `${kind} ${name}${variables && `(${variables})`} { ${field.name}${args && `(${args})`}${directive}${whole} }`;
}

const isConnection = (field) => getNamedType(field.type).name.endsWith("Connection");
rmSync(built, { recursive: true, force: true });
mkdirSync(new URL("relay/", built), { recursive: true });
mkdirSync(new URL("documents/", built), { recursive: true });
const roots = [["query", schema.getQueryType()], ["mutation", schema.getMutationType()], ["subscription", schema.getSubscriptionType()]];
const calls = [];
let connections = 0;
for (const [kind, type] of roots) {
  for (const field of Object.values(type.getFields())) {
    const name = capital(field.name);
    writeFileSync(new URL(`documents/${name}.graphql`, built), `${operation(kind, field, name, { isForRelay: false, connection: false })}\n`);
    const paged = kind === "query" && isConnection(field) && field.args.some((arg) => arg.name === "first");
    if (paged) connections += 1;
    const relay = operation(kind, field, `${field.name}${capital(kind)}`, { isForRelay: true, connection: paged });
    writeFileSync(new URL(`relay/${field.name}.js`, built), `graphql\`${relay}\`;\n`);
    if (kind === "query" && isFree(field)) calls.push(field.name);
  }
}
// relay-compiler wants the directives of @specifiedBy and the like as they stand, and nothing else.
writeFileSync(new URL("schema.graphql", built), source);
writeFileSync(new URL("calls.json", built), JSON.stringify(calls));
console.log(`${roots.reduce((sum, [, type]) => sum + Object.keys(type.getFields()).length, 0)} operations, ${connections} of them with @connection, ${calls.length} that can be called without a variable`);
