// A table as csv and as lines of JSON beside `\copy` of psql of the same view, with the same scope: rows a second, CPU a row and the first
// byte. Called by own-postgres.sh, on a machine that does nothing else.
//
// Each is done COPY_ROUNDS times in turns, so that all meet the same machine; the best of each is compared. CPU is that of Postgres and of
// the program that hands the rows on, the service or psql; who receives them is not counted.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, readSync, readdirSync, statSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import { join } from "node:path";

const { STM, PG_BIN, PG_CLUSTER, STM_TOKEN_VNG } = process.env;
const TABLE = process.env.COPY_TABLE ?? "fact_answer_history";
const ROUNDS = Number(process.env.COPY_ROUNDS ?? 3);
const FORMS = ["csv", "ndjson"];
// Clock ticks a second, as /proc counts them.
const TICKS = 100;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** What /proc tells of a process, behind its name; none when it has ended. */
function stat(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return null;
  }
}
const own = (of) => Number(of[11]) + Number(of[12]);
const ended = (of) => Number(of[13]) + Number(of[14]);

const postmaster = Number(readFileSync(join(PG_CLUSTER, "postmaster.pid"), "utf8").split("\n")[0]);

/** Seconds of CPU of Postgres, its processes that ended included. */
function ofPostgres() {
  const head = stat(postmaster);
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(stat).filter((of) => of && Number(of[1]) === postmaster);
  return processes.reduce((sum, of) => sum + own(of), own(head) + ended(head)) / TICKS;
}

const port = await new Promise((resolve) => {
  const server = net.createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});
const service = spawn(STM, ["serve"], { env: { ...process.env, STM_LISTEN: `127.0.0.1:${port}` }, stdio: ["ignore", "ignore", "inherit"] });
process.on("exit", () => service.kill("SIGKILL"));
for (;;) {
  const ready = await fetch(`http://127.0.0.1:${port}/health/ready`).then(({ status }) => status, () => 0);
  if (ready === 200) break;
  assert.equal(service.exitCode, null, "the service ended");
  await pause(50);
}

/** Pulls a feed to its end, or to its first byte, and gives how long that took, how many lines there were, and the headers. */
const pull = (form, toFirst = false) =>
  new Promise((resolve, reject) => {
    const began = performance.now();
    let [first, lines] = [0, 0];
    const headers = { authorization: `Bearer ${STM_TOKEN_VNG}`, "accept-encoding": "identity", "cache-control": "no-store" };
    const request = http.get({ port, host: "127.0.0.1", path: `/v1/feeds/${TABLE}.${form}`, headers }, (response) => {
      assert.equal(response.statusCode, 200);
      response.on("data", (chunk) => {
        first ||= performance.now() - began;
        if (toFirst) {
          request.destroy();
          resolve({ first });
        }
        for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
      });
      response.on("end", () => resolve({ first, seconds: (performance.now() - began) / 1000, lines, headers: response.headers }));
    });
    request.on("error", (error) => (toFirst && first ? undefined : reject(error)));
  });

/** How many lines a file has. */
function linesOf(file) {
  const [handle, part] = [openSync(file), Buffer.alloc(1 << 20)];
  let lines = 0;
  for (let size = readSync(handle, part); size > 0; size = readSync(handle, part))
    for (let at = part.subarray(0, size).indexOf(10); at >= 0; at = part.subarray(0, size).indexOf(10, at + 1)) lines += 1;
  closeSync(handle);
  return lines;
}

/** Copies the view to a file as the service's role, as of a number and a day. */
function copy({ "stm-ledger": ledger, "stm-day": day }) {
  const file = join(process.env.STM_DATA_DIR, "copied.csv");
  const settings = { role: "VNG", ledger_no: ledger, day, present_day: day, partner: "vng", municipalities: "", subjects: "", purpose: "" };
  const commands = ["set role stm_app", "set jit = off", "set timezone = 'UTC'"];
  for (const [name, value] of Object.entries(settings)) commands.push(`set app.${name} = '${value}'`);
  commands.push(`\\copy (select * from bi.${TABLE}) to '${file}' csv header`);
  const began = performance.now();
  const psql = spawn(join(PG_BIN, "psql"), ["-q", "-X", "-v", "ON_ERROR_STOP=1", ...commands.flatMap((one) => ["-c", one])], { stdio: "inherit" });
  // psql is gone when it is done, so its CPU is read until then.
  let cpu = 0;
  const watch = setInterval(() => { const of = stat(psql.pid); if (of) cpu = own(of) / TICKS; }, 20);
  return new Promise((resolve) =>
    psql.on("exit", (code) => {
      clearInterval(watch);
      assert.equal(code, 0, "psql");
      resolve({ seconds: (performance.now() - began) / 1000, cpu, lines: linesOf(file), bytes: statSync(file).size });
    }),
  );
}

/** Seconds of CPU while something is done: of Postgres, and of the service or of psql. */
async function measured(act) {
  const [before, served] = [ofPostgres(), own(stat(service.pid)) / TICKS];
  const result = await act();
  const program = result.cpu ?? own(stat(service.pid)) / TICKS - served;
  return { ...result, postgres: ofPostgres() - before, program };
}

// Warm, and every page of the same age: Postgres knows its numbers.
const { headers } = await pull("csv");
const runs = { csv: [], ndjson: [], copy: [] };
for (let round = 0; round < ROUNDS; round += 1) {
  for (const form of FORMS) runs[form].push(await measured(() => pull(form)));
  runs.copy.push(await measured(() => copy(headers)));
}
const firsts = {};
for (const form of FORMS) {
  firsts[form] = [];
  for (let count = 0; count < 20; count += 1) firsts[form].push((await pull(form, true)).first);
  firsts[form].sort((a, b) => a - b);
}
const rows = runs.copy[0].lines - 1;
for (const { lines } of [...runs.csv, ...runs.copy]) assert.equal(lines, rows + 1);
for (const { lines } of runs.ndjson) assert.equal(lines, rows);

const best = (name, of) => Math.min(...runs[name].map(of));
console.log(`${TABLE}: ${rows} rows, best of ${ROUNDS}`);
for (const name of [...FORMS, "copy"]) {
  const perSecond = rows / best(name, ({ seconds }) => seconds);
  const cpu = best(name, ({ postgres, program }) => postgres + program);
  const [postgres, program] = [best(name, ({ postgres }) => postgres), best(name, ({ program }) => program)].map((s) => (s / rows) * 1e6);
  const of = `${((cpu / rows) * 1e6).toFixed(1)} us of CPU a row (Postgres ${postgres.toFixed(1)}, ${name === "copy" ? "psql" : "service"} ${program.toFixed(1)})`;
  const ratio = best("copy", ({ seconds }) => seconds) / best(name, ({ seconds }) => seconds);
  console.log(`${name.padEnd(6)} ${Math.round(perSecond)} rows a second, ${of}${name === "copy" ? "" : `, ${ratio.toFixed(2)} of copy`}`);
}
for (const form of FORMS) {
  const of = firsts[form];
  console.log(`${form.padEnd(6)} first byte ${of[0].toFixed(0)} ms at best, ${of[10].toFixed(0)} in the middle, ${of.at(-1).toFixed(0)} at worst`);
}
const most = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${service.pid}/status`, "utf8"))[1];
console.log(`service ${Math.round(most / 1024)} MB at most`);
// In turn, so that whoever waits for the end of this waits for that of the service too.
service.kill();
await new Promise((resolve) => service.on("exit", resolve));
