// R of the distribution, without a package: every csv that VNG reads, and the examples of the guides for analysts.
//
// What R finds of a table is compared with its lines of JSON: rows, sums of numbers, how many are true, how many keys. Examples that name a
// package which is not installed are left out, and said so.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { feedKey, get, readable } from "./feeds.mjs";

const scripts = new URL("r/", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "r-"));
const r = (...args) => execFileSync("Rscript", ["--vanilla", ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

/** What the lines of JSON say, in the form in which the script prints it. */
function expected({ name, columns }, rows) {
  const found = [[name, "rows", "", rows.length]];
  for (const { name: column, type, isKey } of columns) {
    const cells = rows.map((row) => row[column]).filter((cell) => cell !== null);
    if (cells.length === 0) continue;
    if (type === "BOOLEAN") found.push([name, "true", column, cells.filter((cell) => cell).length]);
    else if (["INTEGER", "DECIMAL"].includes(type)) found.push([name, "sum", column, cells.reduce((sum, cell) => sum + Number(cell), 0)]);
    else if (isKey) found.push([name, "values", column, new Set(cells).size]);
  }
  return found;
}

const tables = await readable();
const wanted = [];
mkdirSync(join(folder, "tables"));
for (const table of tables) {
  const [csv, lines] = await Promise.all(["csv", "ndjson"].map((form) => get(table[form]).then((answer) => answer.text())));
  const rows = lines.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  wanted.push(...expected(table, rows));
  writeFileSync(join(folder, "tables", `${table.name}.csv`), csv);
  const columns = table.columns.map(({ name, type, isKey }) => `${name},${type},${isKey ? "TRUE" : "FALSE"}\n`);
  writeFileSync(join(folder, "tables", `${table.name}.columns`), columns.join(""));
}
const shown = r(join(scripts, "read_every_table.R"), join(folder, "tables"));
const found = new Map(shown.trim().split("\n").map((line) => line.split("\t")).map(([name, what, column, value]) => [`${name} ${what} ${column}`, Number(value)]));
for (const [name, what, column, value] of wanted) {
  const of = `${name} ${what} ${column}`;
  // Sums of fractions differ by what a double holds.
  if (!(Math.abs(found.get(of) - value) < 1e-6)) throw new Error(`${of}: R finds ${found.get(of)}, expected ${value}`);
  found.delete(of);
}
if (found.size > 0) throw new Error(`R finds what is nowhere else: ${[...found.keys()]}`);
console.log(`ok r: ${tables.length} tables, ${wanted.length} numbers`);

const key = await feedKey(["fact_verdict_current", "fact_verdict_monthly"]);
const installed = new Set(r("-e", "cat(rownames(installed.packages()), sep = '\\n')").split("\n"));
const docs = new URL("../../api/docs/", import.meta.url).pathname;
for (const guide of ["nl/analist.md", "en/analyst.md"]) {
  const blocks = [...readFileSync(join(docs, guide), "utf8").matchAll(/```r\n([^]*?)```/g)].map(([, block]) => block);
  let run = 0;
  for (const block of blocks) {
    const named = [...block.matchAll(/library\((\w+)\)|(\w+)::/g)].map(([, one, other]) => one ?? other);
    const missing = named.filter((name) => !installed.has(name));
    if (missing.length > 0) {
      console.log(`left out of ${guide}: an example that needs ${missing}`);
      continue;
    }
    // What the example made last is a table that holds something.
    const check = "\nfound <- Filter(is.data.frame, mget(ls()))\nstopifnot(length(found) > 0, vapply(found, nrow, 1L) > 0)\n";
    const file = join(folder, "example.R");
    writeFileSync(file, block.replaceAll("https://…", process.env.SERVICE_URL) + check);
    execFileSync("Rscript", ["--vanilla", file], { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, STM_KEY: key } });
    run += 1;
  }
  if (blocks.length === 0) throw new Error(`no example of R in ${guide}`);
  console.log(`ok r: ${run} of ${blocks.length} examples of ${guide}`);
}
