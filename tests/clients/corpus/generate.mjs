// Writes ../../contract/corpus/documents.json: documents made from schema.graphql and written by hand, each with the
// verdict of graphql-js: valid, or the rules of validation that it breaks. `cargo test` holds the service to it.
//
//     node corpus/generate.mjs
//
// The same schema gives the same file: nothing here is left to chance.
import { readFileSync, writeFileSync } from "node:fs";
import {
  buildSchema, getNamedType, isEnumType, isInputObjectType, isLeafType, isListType, isNonNullType, parse,
  specifiedRules, validate,
} from "graphql";
import { written } from "./written.mjs";

const here = new URL(".", import.meta.url);
const schema = buildSchema(readFileSync(new URL("../../../schema.graphql", here), "utf8"));

/** A literal that fits an input type, as short as can be. A year has bounds, which its description names. */
function literal(type, of) {
  if (isNonNullType(type)) return literal(type.ofType, of);
  if (isListType(type)) return `[${literal(type.ofType, of)}]`;
  if (isEnumType(type)) return type.getValues()[0].name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const needed = type.isOneOf ? fields.slice(0, 1) : fields.filter((f) => isNonNullType(f.type) && f.defaultValue === undefined);
    return `{${needed.map((f) => `${f.name}: ${literal(f.type, f)}`).join(", ")}}`;
  }
  const days = { Date: '"2026-01-31"', DateTime: '"2026-01-31T12:00:00Z"', Position: '"0"' };
  const first = /\bFrom (\d{4}) to \d{4}\b/.exec(of?.description?.replace(/\s+/g, " ") ?? "");
  return { Int: first?.[1] ?? "1", Float: "1.5", Boolean: "true", ...days }[type.name] ?? '"2024-1"';
}

const isNeeded = (arg) => isNonNullType(arg.type) && arg.defaultValue === undefined;
const needs = (field) => field.args.filter(isNeeded);
const call = (field, args) => (args.length ? `${field.name}(${args.join(", ")})` : field.name);
const withLiterals = (field) => call(field, needs(field).map((arg) => `${arg.name}: ${literal(arg.type, arg)}`));

/** Fields of a type that can be asked without an argument, to a depth. */
function selection(type, depth) {
  const named = getNamedType(type);
  if (isLeafType(named)) return "";
  const fields = named.getFields ? Object.values(named.getFields()).filter((field) => needs(field).length === 0) : [];
  const leaves = fields.filter((field) => isLeafType(getNamedType(field.type))).map((field) => field.name);
  const objects = depth > 0 ? fields.filter((field) => !isLeafType(getNamedType(field.type))).slice(0, 2) : [];
  const parts = ["__typename", ...leaves.slice(0, 6), ...objects.map((field) => field.name + selection(field.type, depth - 1))];
  return ` { ${parts.join(" ")} }`;
}

const documents = [];
function add(name, document) {
  let verdict;
  try {
    const parsed = parse(document);
    const rules = specifiedRules.filter((rule) => validate(schema, parsed, [rule]).length > 0).map((rule) => rule.name);
    verdict = { valid: rules.length === 0, rules: rules.map((rule) => rule.replace(/Rule$/, "")) };
  } catch {
    verdict = { valid: false, rules: ["Syntax"] };
  }
  documents.push({ name, document, ...verdict });
}

const operations = [["query", schema.getQueryType()], ["mutation", schema.getMutationType()], ["subscription", schema.getSubscriptionType()]];
let index = 0;
for (const [operation, type] of operations) {
  for (const field of Object.values(type.getFields())) {
    index += 1;
    const at = `${operation} ${field.name}`;
    const whole = selection(field.type, operation === "query" ? 2 : 1);
    add(`${at}: literals`, `${operation} { ${withLiterals(field)}${whole} }`);
    if (field.args.length) {
      const declared = field.args.map((arg) => `$${arg.name}: ${arg.type}`).join(", ");
      const used = field.args.map((arg) => `${arg.name}: $${arg.name}`);
      add(`${at}: each argument a variable of its type`, `${operation} Q(${declared}) { ${call(field, used)}${whole} }`);
      // Each a fault of another kind, in turn, so that the file stays of a size that a person reads.
      const loose = field.args.map((arg) => `$${arg.name}: ${String(arg.type).replace(/!$/, "")}`).join(", ");
      const faults = [
        ["nullable variables", `${operation} Q(${loose}) { ${call(field, used)}${whole} }`],
        ["an argument twice", `${operation} Q(${declared}) { ${call(field, [...used, used[0]])}${whole} }`],
        ["an unknown argument", `${operation} Q(${declared}) { ${call(field, [...used, "unknownArgument: 1"])}${whole} }`],
        ["a variable that is not declared", `${operation} { ${call(field, used)}${whole} }`],
        ["a variable that is not used", `${operation} Q(${declared}, $unused: Int) { ${call(field, used)}${whole} }`],
        ["variables of another type", `${operation} Q(${field.args.map((arg) => `$${arg.name}: Boolean!`).join(", ")}) { ${call(field, used)}${whole} }`],
        ["an object where a value stands", `${operation} { ${call(field, field.args.map((arg) => `${arg.name}: {no: 1}`))}${whole} }`],
        ["null for every argument", `${operation} { ${call(field, field.args.map((arg) => `${arg.name}: null`))}${whole} }`],
        ["a list where a value stands", `${operation} { ${call(field, field.args.map((arg) => `${arg.name}: [[1.5]]`))}${whole} }`],
      ];
      const [kind, document] = faults[index % faults.length];
      add(`${at}: ${kind}`, document);
    }
    const faults = [
      ["an unknown field", whole ? `${operation} { ${withLiterals(field)} { unknownField } }` : `${operation} { ${withLiterals(field)} { a } }`],
      ["an object without fields", `${operation} { ${withLiterals(field)} }`],
      ["an unknown directive", `${operation} { ${withLiterals(field)} @unknown${whole} }`],
      ["a fragment of another type", `${operation} { ${withLiterals(field)} { ...F } } fragment F on About { version }`],
    ];
    const [kind, document] = faults[index % faults.length];
    add(`${at}: ${kind}`, document);
  }
}
for (const type of Object.values(schema.getTypeMap()).filter(isEnumType).slice(0, 200)) {
  // Where an argument takes the enum: as a text, and as a name that it has not.
  for (const field of Object.values(schema.getQueryType().getFields())) {
    const arg = field.args.find((candidate) => getNamedType(candidate.type) === type);
    if (!arg) continue;
    const others = needs(field).filter((other) => other !== arg).map((other) => `${other.name}: ${literal(other.type)}`);
    const whole = selection(field.type, 0);
    add(`query ${field.name}: ${arg.name} as a text`, `{ ${call(field, [...others, `${arg.name}: "${type.getValues()[0].name}"`])}${whole} }`);
    add(`query ${field.name}: ${arg.name} of no such name`, `{ ${call(field, [...others, `${arg.name}: NO_SUCH_NAME`])}${whole} }`);
    break;
  }
}
for (const [name, document] of written) add(`written: ${name}`, document);

const names = new Set(documents.map(({ name }) => name));
if (names.size !== documents.length) throw new Error("two documents bear one name");
const target = new URL("../../contract/corpus/documents.json", here);
writeFileSync(target, `[\n${documents.map((entry) => JSON.stringify(entry)).join(",\n")}\n]\n`);
const valid = documents.filter((entry) => entry.valid).length;
console.log(`${documents.length} documents, ${valid} valid, ${documents.length - valid} not`);
const count = {};
for (const rule of documents.flatMap((entry) => entry.rules)) count[rule] = (count[rule] ?? 0) + 1;
console.log(count);
