// The machine of the soak: two instances, of which the second has a clock that can be set (libfaketime); Postgres on a disk of its
// own; and, where it is installed, Prometheus with the rules of docker/prometheus.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import net from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { pause } from "./clients.mjs";

const { STM, PG_BIN, PG_CLUSTER, PG_LOG, PG_ACCOUNT, SOAK_FOLDER, FAKETIME_LIB } = process.env;
const account = PG_ACCOUNT.split(" ");
const children = [];
process.on("exit", () => children.forEach((child) => child.kill("SIGKILL")));

/** Runs a program to its end and returns what it prints; never waits in a way that would hold the clients up. */
export const run = (program, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"], ...options });
    let text = "";
    child.stdout?.setEncoding("utf8").on("data", (chunk) => (text += chunk));
    child.on("error", reject);
    child.on("exit", (code) => (code === 0 ? resolve(text.trim()) : reject(new Error(`${program} ${args.join(" ")} ended with ${code}`))));
  });
export const postgres = (...args) =>
  run(account[0], [...account.slice(1), `${PG_BIN}/pg_ctl`, "-D", PG_CLUSTER, "-l", PG_LOG, "-w", "-t", "120", ...args], { cwd: "/", stdio: "ignore" });
export const sql = (text) => run(`${PG_BIN}/psql`, ["-AtXq", "-v", "ON_ERROR_STOP=1", "-c", text], { stdio: ["ignore", "pipe", "ignore"] });

const freePort = () =>
  new Promise((resolve) => {
    const server = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const places = readdirSync("/usr/lib").map((folder) => `/usr/lib/${folder}/faketime/libfaketimeMT.so.1`);
const library = FAKETIME_LIB ?? places.find((place) => existsSync(place));
assert.ok(library, "libfaketimeMT.so.1 is not found: install faketime, or name it in FAKETIME_LIB");
const clock = join(SOAK_FOLDER, "clock");
/** How far the clock of the second instance is ahead, in seconds. */
export const setClock = (seconds) => {
  writeFileSync(`${clock}.new`, `${seconds < 0 ? "" : "+"}${seconds}\n`);
  renameSync(`${clock}.new`, clock);
};
setClock(0);
const OWN_CLOCK = {
  LD_PRELOAD: library,
  FAKETIME_TIMESTAMP_FILE: clock,
  FAKETIME_NO_CACHE: "1",
  FAKETIME_DONT_FAKE_MONOTONIC: "1",
  NO_FAKE_STAT: "1",
};

/** An instance at a port that it keeps when it is started again. */
export class Instance {
  constructor(name, environment) {
    Object.assign(this, { name, environment, dead: true });
  }

  async start() {
    this.port ??= await freePort();
    const env = { ...process.env, ...this.environment, STM_LISTEN: `127.0.0.1:${this.port}`, STM_LOG: "error", STM_LOG_FORMAT: "json" };
    const child = spawn(STM, ["serve"], { env, stdio: ["ignore", "ignore", "inherit"] });
    children.push(child);
    this.child = child;
    this.ended = new Promise((resolve) => child.on("exit", resolve));
    while (!(await this.isReady())) {
      assert.equal(child.exitCode, null, `${this.name} ended`);
      await pause(50);
    }
    this.dead = false;
  }

  isReady() {
    return fetch(`http://127.0.0.1:${this.port}/health/ready`).then(({ status }) => status === 200, () => false);
  }

  async kill() {
    this.dead = true;
    this.child.kill("SIGKILL");
    await this.ended;
  }

  async stop() {
    this.child.kill("SIGTERM");
    assert.equal(await this.ended, 0, `${this.name} ended well`);
  }

  /** Memory in MB and open files. */
  sizes() {
    const { pid } = this.child;
    const resident = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return { memory: Number(resident[1]) / 1024, files: readdirSync(`/proc/${pid}/fd`).length };
  }
}
export const instances = [new Instance("first", {}), new Instance("second", OWN_CLOCK)];

/** Prometheus, reading both instances each five seconds, by the rules that an operator is given; undefined where there is none. */
export const prometheus = async () => {
  const rules = join(dirname(fileURLToPath(import.meta.url)), "../../../docker/prometheus/alerts.yml");
  const targets = instances.map(({ port }) => `"127.0.0.1:${port}"`).join(", ");
  const config = join(SOAK_FOLDER, "prometheus.yml");
  writeFileSync(
    config,
    `global: { scrape_interval: 5s, evaluation_interval: 5s }\nrule_files: ["${rules}"]\nscrape_configs:\n  - job_name: stm\n    static_configs: [{ targets: [${targets}] }]\n`,
  );
  const port = await freePort();
  const args = [`--config.file=${config}`, `--storage.tsdb.path=${SOAK_FOLDER}/prometheus`, `--web.listen-address=127.0.0.1:${port}`, "--log.level=error"];
  const child = spawn("prometheus", args, { stdio: ["ignore", "ignore", "inherit"] });
  children.push(child);
  const found = await new Promise((resolve) => child.on("error", () => resolve(false)).on("spawn", () => resolve(true)));
  assert.ok(found, "prometheus is not found: install it");
  const query = async (text) => {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(text)}`);
    return (await response.json()).data.result;
  };
  return {
    /** The alerts that fired since it runs. */
    fired: async () => {
      const found = await query('count by (alertname) (count_over_time(ALERTS{alertstate="firing"}[2h]))');
      return found.map(({ metric }) => metric.alertname).sort();
    },
  };
};
