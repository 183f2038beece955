// What grows and how fast: the rows and bytes of the real data alone (scale 0) and of a demo with so many versions of each
// assessment; by the differences, what the first version of a municipality in a period adds, and each later one. Called by
// own-postgres.sh.
//
//   GROWTH_SCALES   default 0,1,10,100; the last takes minutes and 1 GB
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

const { STM, PG_BIN, PGPORT } = process.env;
const scales = (process.env.GROWTH_SCALES ?? "0,1,10,100").split(",").map(Number);
const psql = (database, text) => execFileSync(`${PG_BIN}/psql`, ["-AtXq", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", text], { encoding: "utf8" }).trim();

// What belongs together; tables that are in none of these are the plan, the partners and the territory.
const kinds = {
  "answers and evidence": ["fact.answer", "fact.evidence", "fact.regional_answer"],
  "versions, reviews and texts": ["fact.assessment_version", "fact.review_decision", "fact.regional_review", "public.free_text"],
  verdicts: ["fact.verdict_span"],
  ledger: ["public.ledger"],
};
const sizes = (database) => {
  const rows = psql(
    database,
    `select n.nspname || '.' || c.relname, (xpath('/row/c/text()', query_to_xml(format('select count(*) as c from %I.%I', n.nspname, c.relname), false, true, '')))[1]::text,
       pg_total_relation_size(c.oid)
     from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')`,
  );
  const tables = rows.split("\n").map((line) => line.split("|"));
  const all = Object.fromEntries(tables.map(([name, count, bytes]) => [name, { rows: Number(count), bytes: Number(bytes) }]));
  const sum = (names) => names.reduce((total, name) => ({ rows: total.rows + all[name].rows, bytes: total.bytes + all[name].bytes }), { rows: 0, bytes: 0 });
  const known = Object.values(kinds).flat();
  assert.ok(known.every((name) => all[name]), `a table is gone: ${known.filter((name) => !all[name])}`);
  return {
    ...Object.fromEntries(Object.entries(kinds).map(([kind, names]) => [kind, sum(names)])),
    "all else": sum(Object.keys(all).filter((name) => !known.includes(name))),
    database: { rows: sum(Object.keys(all)).rows, bytes: Number(psql(database, `select pg_database_size('${database}')`)) },
    versions: all["fact.assessment_version"].rows,
  };
};

const measured = scales.map((scale) => {
  const database = `growth_${scale}`;
  execFileSync(`${PG_BIN}/createdb`, [database]);
  execFileSync(`${PG_BIN}/psql`, ["-Xq", "-v", "ON_ERROR_STOP=1", "-d", database], { input: execFileSync(STM, ["roles"]) });
  const address = (login) => `postgres://${login}@127.0.0.1:${PGPORT}/${database}`;
  const run = (variables, ...args) => execFileSync(STM, args, { env: { ...process.env, ...variables }, stdio: ["ignore", "ignore", "inherit"] });
  run({ DATABASE_OWNER_URL: address("stm_owner:o") }, "migrate");
  run({ DATABASE_URL: address("stm_app:a") }, ...(scale === 0 ? ["import"] : ["demo", "--scale", String(scale)]));
  // As after a night: dead rows are gone, and the sizes are those of what is there.
  psql(database, "vacuum full analyze");
  return { scale, ...sizes(database) };
});

const shown = (value) => value.toLocaleString("en", { maximumFractionDigits: 1 });
// What a version adds between two scales.
const added = (from, to, kind, what) => (to[kind][what] - from[kind][what]) / (to.versions - from.versions);
const steps = measured.slice(1).map((to, at) => [measured[at], to]);
console.log(`| | ${measured.map(({ scale }) => `scale ${scale}`).join(" | ")} | ${steps.map(([from, to]) => `a version, ${from.scale} to ${to.scale}`).join(" | ")} |`);
console.log(`|---${"|---:".repeat(measured.length + steps.length)}|`);
for (const kind of [...Object.keys(kinds), "all else", "database"]) {
  const cells = measured.map((one) => `${shown(one[kind].rows)} rows, ${shown(one[kind].bytes / 1e6)} MB`);
  const more = steps.map(([from, to]) => `${shown(added(from, to, kind, "rows"))} rows, ${shown(added(from, to, kind, "bytes") / 1e3)} kB`);
  console.log(`| ${kind} | ${[...cells, ...more].join(" | ")} |`);
}
console.log(`versions of assessments: ${measured.map(({ versions }) => shown(versions)).join(", ")}`);
// A later version costs the same however many there are, or somebody has to look why.
const later = steps.filter(([from]) => from.scale > 0).map(([from, to]) => added(from, to, "database", "bytes"));
if (later.length > 1) assert.ok(later.at(-1) < later[0] * 1.25, `a version takes ${later.map((bytes) => shown(bytes)).join(", then ")} bytes`);
