// Half an hour of mixed load on two instances, with a fault after the other (faults.mjs). What must hold: no acknowledged write is
// lost or there twice, nobody reads an answer older than a write that was acknowledged, errors can be tried again and say when,
// full speed within five seconds after each fault, memory and open files stay flat, and each fault gives the alert that it is for.
// Called by own-postgres.sh, as root (Postgres gets a disk of its own); needs libfaketime and Prometheus.
//
//   SOAK_MINUTES   how long all of it takes at the least; default 30
//   SOAK_ONLY      a word of the names of the faults that befall it; default all
import assert from "node:assert/strict";

import { CRITERIA, Clients, PERIOD, pause } from "./clients.mjs";
import { faults } from "./faults.mjs";
import { instances, prometheus, sql } from "./machine.mjs";

const ONLY = process.env.SOAK_ONLY ?? "";
const befalls = faults.filter(({ name }) => name.includes(ONLY));
const MINUTES = Number(process.env.SOAK_MINUTES ?? 30);
const WARM_UP = 30_000;
const USUAL = 60_000;
const BETWEEN = 15_000;
const FULL_WITHIN = 5_000;
const FULL_SHARE = 0.9;
// What may come on top in the last third of the time, of what stands in the second.
const GROWTH = 1.15;

const began = Date.now();
for (const instance of instances) await instance.start();
process.env.SERVICE_URL = `http://127.0.0.1:${instances[0].port}`;
await import("../open-period.mjs");
const watch = await prometheus();
const clients = new Clients(instances);
clients.start();

// Memory and open files of each instance, each five seconds; those of an instance that is away are left out.
const samples = instances.map(() => []);
const sampling = setInterval(() => {
  instances.forEach((instance, at) => {
    if (!instance.dead) samples[at].push({ at: Date.now(), ...instance.sizes() });
  });
}, 5_000);

const rows = [];
const row = (name, from, to, full) => {
  const { answers, later, refused, slowest } = clients.between(from, to);
  const seconds = (to - from) / 1000;
  rows.push([name, seconds.toFixed(0), (answers / seconds).toFixed(0), later, refused, slowest, full ?? ""]);
  console.log(`| ${rows.at(-1).join(" | ")} |`);
};
console.log("| what | seconds | answers a second | told to come back | nobody there | slowest ms | full speed after ms |");
console.log("|---|---|---|---|---|---|---|");

await pause(WARM_UP);
let from = Date.now();
await pause(USUAL);
row("usual", from, Date.now());
const usual = clients.between(from, Date.now()).answers / (USUAL / 1000);

const late = [];
for (const { name, hold, within } of befalls) {
  from = Date.now();
  if (within) clients.within = within;
  await hold(clients);
  const over = Date.now();
  let full = null;
  while (full === null && Date.now() - over < 20_000) {
    await pause(250);
    if (clients.speed() >= usual * FULL_SHARE) full = Date.now() - over;
  }
  if (full === null || full > FULL_WITHIN) late.push(`${name}: ${full}`);
  await pause(BETWEEN);
  clients.within = new Clients([]).within;
  row(name, from, Date.now(), full);
}
from = Date.now();
await pause(Math.max(60_000, began + MINUTES * 60_000 - Date.now()));
row("quiet", from, Date.now());

await clients.stop();
clearInterval(sampling);
const fired = await watch.fired();
console.log(`alerts that fired: ${fired.join(", ")}`);

// The slope by least squares, per hour, and the middle of the second and of the last third of the time.
const middle = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const grown = [];
instances.forEach(({ name }, which) => {
  for (const kind of ["memory", "files"]) {
    // An instance that was started anew begins anew.
    const all = samples[which].filter(({ at }) => at > began + (Date.now() - began) / 3);
    const mean = (pick) => all.reduce((sum, one) => sum + pick(one), 0) / all.length;
    const [x, y] = [mean(({ at }) => at), mean((one) => one[kind])];
    const slope = all.reduce((sum, one) => sum + (one.at - x) * (one[kind] - y), 0) / all.reduce((sum, one) => sum + (one.at - x) ** 2, 0);
    const [before, after] = [all.slice(0, all.length / 2), all.slice(all.length / 2)].map((part) => middle(part.map((one) => one[kind])));
    const unit = kind === "memory" ? "MB" : "files";
    console.log(`${name} instance, ${kind}: ${before.toFixed(0)} then ${after.toFixed(0)} ${unit}, slope ${(slope * 3_600_000).toFixed(1)} an hour, most ${Math.max(...samples[which].map((one) => one[kind])).toFixed(0)}`);
    if (after > before * GROWTH) grown.push(`${name} ${kind}`);
  }
});

const stored = new Set((await sql("select subject_key from fact.source_document where subject_key like 'soak-%'")).split("\n"));
const lost = clients.documents.filter((key) => !stored.has(key));
const entries = Number(await sql("select count(*) from ledger where subject_kind = 'SourceDocument' and subject_key like 'soak-%'"));
const gaps = await sql("select (select number from ledger_head) - count(*) - (min(number) - 1) from ledger");
console.log(`writes: ${clients.documents.length} acknowledged, ${stored.size} stored, ${entries} entries, ${lost.length} lost; ${gaps} gaps in the ledger`);
console.log(`read at the other instance: ${clients.readBack} times, ${clients.older} older than the write`);
const port = instances[0].port;
const query = `{ assessment(municipality: "${process.env.SOAK_MUNICIPALITY}", period: "${PERIOD}") { draft { answers { criterion { code } explanation } } } }`;
const response = await fetch(`http://127.0.0.1:${port}/v1/graphql`, {
  method: "POST",
  headers: { "content-type": "application/json", authorization: `Bearer ${process.env.STM_TOKEN_MUNICIPALITY}` },
  body: JSON.stringify({ query }),
});
const { answers } = (await response.json()).data.assessment.draft;
for (const criterion of CRITERIA) {
  const { sent, acknowledged } = clients.drafts[criterion];
  const kept = Number(/\d+/.exec(answers.find((answer) => answer.criterion.code === criterion).explanation)[0]);
  console.log(`draft ${criterion}: ${acknowledged} acknowledged last, ${sent} sent last, ${kept} stands`);
  assert.ok(kept === acknowledged || kept === sent, `${criterion}: ${kept}`);
}

assert.deepEqual(clients.wrong, [], "errors can be tried again, and say when");
assert.deepEqual(lost, [], "no acknowledged write is lost");
assert.equal(entries, stored.size, "none is there twice");
assert.equal(Number(gaps), 0, "the ledger has no gap");
assert.equal(clients.older, 0, "nobody reads an answer older than an acknowledged write");
assert.deepEqual(late, [], "full speed within five seconds");
assert.deepEqual(grown, [], "memory and open files stay flat");
const missed = befalls.flatMap(({ alerts = [] }) => alerts).filter((alert) => !fired.includes(alert));
assert.deepEqual(missed, [], "each fault gives its alert");
for (const instance of instances) await instance.stop();
process.exit(0);
