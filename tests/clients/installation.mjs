// The operator's guide, step by step: its blocks run word for word, one after the other, by one shell in an empty root of Debian 12
// that has only what the guide installs (debootstrap). Between them is looked at what an operator relies on: writes are there or gone
// as the guide says, publications keep their checksums, and a client that holds a position of the future that was lost is told so.
// As root; needs debootstrap, the package registry of Debian, and ports 5432 and 8080.
//
//   PROGRAM          the program that is installed
//   PROGRAM_BEFORE   the program of the release before, which is installed first and upgraded; without it the same one
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { generateKeyPairSync, sign } from "node:crypto";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const { PROGRAM, PROGRAM_BEFORE = PROGRAM } = process.env;
const docs = join(dirname(fileURLToPath(import.meta.url)), "../../api/docs");
const blocksOf = (guide) => [...readFileSync(join(docs, guide), "utf8").matchAll(/^```bash\n(.*?)^```$/gms)].map(([, block]) => block);
const blocks = blocksOf("en/operator.md");
assert.deepEqual(blocksOf("nl/beheer.md"), blocks, "the guides have the same blocks");
assert.ok(blocks.length > 10);

const folder = mkdtempSync("/var/tmp/stm-installation.");
const root = join(folder, "root");
let shell;
process.on("exit", () => {
  shell?.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});
const began = Date.now();
execFileSync("debootstrap", ["--variant=minbase", "bookworm", root], { stdio: ["ignore", "ignore", "inherit"] });
console.log(`an empty root after ${((Date.now() - began) / 1000).toFixed(0)} s`);

// An issuer of this check alone.
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const home = join(root, "root");
const keys = { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "installation", alg: "RS256", use: "sig" }] };
writeFileSync(join(root, "etc/issuer-keys.json"), JSON.stringify(keys));
writeFileSync(
  join(home, "issuers.toml"),
  `[[issuer]]\nissuer = "https://login.example.nl"\njwks = "/etc/issuer-keys.json"\naudience = ["stm"]\nalgorithms = ["RS256"]\n[issuer.roles]\nMINISTRY = "any"\n`,
);
const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const token = () => {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: "https://login.example.nl", aud: "stm", sub: "operator", role: "ministry", iat: now, nbf: now - 5, exp: now + 3600 };
  const text = `${encode({ alg: "RS256", kid: "installation", typ: "at+jwt" })}.${encode(claims)}`;
  return `${text}.${sign("RSA-SHA256", Buffer.from(text), privateKey).toString("base64url")}`;
};
const ask = async (query, variables = {}) => {
  const response = await fetch("http://127.0.0.1:8080/v1/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/graphql-response+json", authorization: `Bearer ${token()}` },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
};
const must = async (mutation, type, input) => {
  const { data, errors } = await ask(`mutation ($input: ${type}!) { ${mutation}(input: $input) { errors { code } } }`, { input });
  assert.deepEqual(data, { [mutation]: { errors: [] } }, JSON.stringify(errors));
};
const register = (key) => must("registerSourceDocument", "RegisterSourceDocumentInput", { key, kind: "STATEMENT", titleNl: "Verklaring", idempotencyKey: key });
const isThere = async (key) => (await ask(`{ sourceDocument(key: "${key}") { key } }`)).data.sourceDocument !== null;
const lastPosition = async () => {
  const { extensions } = await ask("{ dashboard { day } }");
  const { data } = await ask(`{ changes(since: { ledger: ${extensions.ledger - 1} }, first: 1) { nodes { position } } }`);
  return data.changes.nodes[0].position;
};
const since = async (position) => {
  const { errors = [] } = await ask("query ($position: Position!) { changes(since: { position: $position }, first: 1) { totalCount } }", { position });
  return errors.map(({ extensions }) => extensions.code);
};
const checksums = async () => {
  const { data, errors } = await ask("{ publications(first: 100) { nodes { key manifest { files { path sha256 } } } } }");
  assert.ok(data?.publications.nodes.length > 0, JSON.stringify(errors));
  return data.publications.nodes;
};

// One shell, as an operator has one. It enters the root with processes of its own, so that all of them end with it.
const enter = 'mount -t proc proc "$0/proc" && mount -t tmpfs tmpfs "$0/dev/shm" && exec chroot "$0" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 bash --norc -eu';
shell = spawn("unshare", ["--mount", "--pid", "--fork", "--kill-child", "bash", "-c", enter, root], { stdio: ["pipe", "pipe", "pipe"] });
let shown = "";
const onText = (text) => (shown += text);
shell.stdout.setEncoding("utf8").on("data", onText);
shell.stderr.setEncoding("utf8").on("data", onText);
let ended = false;
shell.on("exit", () => (ended = true));
const run = async (block, number) => {
  const end = `end of block ${number}`;
  const from = shown.length;
  shell.stdin.write(`${block}\necho "${end}"\n`);
  while (!shown.includes(`${end}\n`)) {
    assert.ok(!ended, `block ${number} failed:\n${block}\n${shown.slice(from)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return shown.slice(from);
};

const looks = [];
// What is done before a block that holds these words, and what must hold after it.
const at = (words, { before, after }) => looks.push({ words, before, after, seen: 0 });
let kept, published;
at("install -d -m 0700", {
  before: () => copyFileSync(PROGRAM_BEFORE, join(home, "stm")),
});
at("stm config check", {
  after: async (text) => {
    assert.match(text, /"data":\{"dashboard":\{"statement":"/);
    await must("preparePublication", "PreparePublicationInput", { kind: "BUDGET", about: "2024", idempotencyKey: "prepare" });
    const { data } = await ask("{ publications(first: 1) { nodes { key } } }");
    await must("publish", "PublishInput", { publication: data.publications.nodes[0].key, idempotencyKey: "publish" });
    published = await checksums();
    await register("before-backup");
  },
});
at("pg_dump", {
  after: async () => {
    await register("after-backup");
    kept = await lastPosition();
  },
});
at("stm migrate --dry-run", {
  before: () => copyFileSync(PROGRAM, join(home, "stm")),
  after: async () => {
    assert.ok(await isThere("after-backup"));
    assert.deepEqual(await checksums(), published);
    assert.deepEqual(await since(kept), []);
  },
});
at("pg_restore", {
  after: async () => {
    assert.ok(await isThere("before-backup"));
    assert.ok(!(await isThere("after-backup")), "what was recorded after the backup is gone");
    assert.deepEqual(await checksums(), published);
    assert.deepEqual(await since(kept), ["POSITION_LOST"]);
  },
});
at("stm sessions end", { after: () => register("after-new-key") });
at("moment=", {
  before: () => register("before-moment"),
  after: async () => {
    await register("after-moment");
    kept = await lastPosition();
    assert.deepEqual(await since(kept), []);
  },
});
at("recovery.signal", {
  after: async () => {
    assert.ok((await isThere("before-moment")) && (await isThere("after-new-key")));
    assert.ok(!(await isThere("after-moment")), "what was recorded after the moment is gone");
    assert.deepEqual(await checksums(), published);
    await register("in-another-future");
    assert.deepEqual(await since(kept), ["POSITION_LOST"]);
  },
});

await run("cd /root", 0);
for (const [index, block] of blocks.entries()) {
  const look = looks.find(({ words }) => block.includes(words));
  await look?.before?.();
  const started = Date.now();
  const text = await run(block, index + 1);
  if (look) look.seen += 1;
  await look?.after?.(text);
  console.log(`block ${index + 1} of ${blocks.length}, ${((Date.now() - started) / 1000).toFixed(1)} s: ${block.trim().split("\n").at(-1)}`);
}
for (const { words, seen } of looks) assert.ok(seen === 1, `${words} stands in ${seen} blocks`);
const served = await fetch("http://127.0.0.1:8080/health/live").then(() => true, () => false);
assert.ok(!served, "it has stopped");
shell.stdin.end("pg_ctlcluster 15 main stop\n");
console.log(`installation: ${blocks.length} blocks of the guide, from an empty root to a stopped service, in ${((Date.now() - began) / 1000).toFixed(0)} s`);
process.exit(0);
