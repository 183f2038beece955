// The description of the addresses by the linter of the Dutch government: the ruleset of the API Design Rules, by spectral.
// No mistake is left but those that the guide on the design rules lists with their reason.
//
// The service of SERVICE_URL tells the description. ADR_RULESET names a ruleset that was fetched before; without it that of
// developer.overheid.nl is fetched.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const RULESET = "https://static.developer.overheid.nl/adr/ruleset.yaml";
const LINTER = "@stoplight/spectral-cli@6.16.3";

/** What the guide lists: the rule, and where in the document it is broken. */
const LISTED = [
  ["nlgov:use-problem-schema", /^paths\.\/graphql\.(get|post)\./],
  // Reading a file back answers as the mutation does.
  ["nlgov:use-problem-schema", /^paths\.\/(assessments|editions|monitoring-rounds)\/.*\.post\./],
  ["nlgov:use-problem-schema", /^components\.responses\.OData/],
  ["nlgov:use-problem-schema", /^paths\.\/health\/ready\./],
  ["nlgov:paths-kebab-case", /^paths\.\/(schema\.graphql|explorer\/LICENSES\.txt|\.well-known\/security\.txt)$/],
  ["nlgov:paths-kebab-case", /^paths\.\/feeds\/\{table\}\./],
  // Names of files, whose ending says what they are.
  ["nlgov:paths-kebab-case", /^paths\.\/(catalog\.(jsonld|ttl)|deadlines\.ics|editions\/\{edition\}\.xlsx|(pictures\/.*|reminders)\.\{form\})$/],
  ["path-keys-no-trailing-slash", /^paths\.\/(feeds|odata|odata\/public)\/$/],
  // The operator sets no address for questions here.
  ["nlgov:info-contact-fields-exist", /^info\.contact$/],
];

async function text(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.text();
}

const folder = mkdtempSync(join(tmpdir(), "openapi-"));
const [document, ruleset] = ["openapi.json", "ruleset.yaml"].map((name) => join(folder, name));
const [root, versioned] = await Promise.all(["/openapi.json", "/v1/openapi.json"].map((path) => text(process.env.SERVICE_URL + path)));
if (root !== versioned) throw new Error("the two addresses of the description differ");
writeFileSync(document, root);
writeFileSync(ruleset, process.env.ADR_RULESET ? readFileSync(process.env.ADR_RULESET) : await text(RULESET));

function lint() {
  const lint = ["lint", "--ruleset", ruleset, "--format", "json", "--quiet", document];
  try {
    return execFileSync("npx", ["--yes", LINTER, ...lint], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  } catch (error) {
    // The linter ends with 1 where it found a mistake.
    if (error.status === 1) return error.stdout;
    throw error;
  }
}

const mistakes = JSON.parse(lint() || "[]").filter((found) => found.severity === 0);
const isListed = ({ code, path }) => LISTED.some(([rule, place]) => rule === code && place.test(path.join(".")));
const others = mistakes.filter((found) => !isListed(found));
for (const { code, path, message } of others) console.error(`${code} at ${path.join(".")}: ${message}`);
if (others.length > 0) process.exit(1);
console.log(`ok openapi: ${mistakes.length} deviations, all of them listed`);
