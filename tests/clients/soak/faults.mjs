// What befalls the service in the soak, one after the other. Each fault says its name; how it is brought about and mended (`hold`,
// over when it returns; it may ask for more clients); how long an answer of 503 may take meanwhile, where that is longer than usual
// (`within`); and the alerts that an operator must have been given by it.
import { execFileSync } from "node:child_process";
import { rmSync, statfsSync } from "node:fs";
import { join } from "node:path";

import { pause } from "./clients.mjs";
import { instances, postgres, run, setClock, sql } from "./machine.mjs";

const { PG_CLUSTER, PG_BIN } = process.env;
const [first] = instances;
const SECOND = 1000;

// Ends what a query finds, again and again.
const cut = async (times, every, which) => {
  for (let time = 0; time < times; time += 1) {
    await sql(`select count(pg_terminate_backend(pid)) from pg_stat_activity where ${which}`);
    await pause(every);
  }
};

const isUp = () => sql("select 1").then(() => true, () => false);

export const faults = [
  {
    name: "Postgres restarted",
    hold: async () => {
      await postgres("restart", "-m", "fast");
    },
  },
  {
    name: "Postgres away for 5 minutes",
    alerts: ["StmFailing"],
    // Each tries for five seconds when its turn has come, and nobody waits for it longer than a minute.
    within: 65 * SECOND,
    hold: async () => {
      await postgres("stop", "-m", "immediate");
      await pause(300 * SECOND);
      await postgres("start");
    },
  },
  {
    name: "backends killed for a minute",
    hold: () => cut(300, 200, "usename = 'stm_app'"),
  },
  {
    name: "listeners cut twenty times",
    hold: () => cut(20, SECOND, "usename = 'stm_app' and query ilike 'listen %'"),
  },
  {
    name: "first instance killed four times, away for 3 minutes at the last",
    alerts: ["StmDown", "StmRestarts"],
    hold: async () => {
      for (let time = 0; time < 3; time += 1) {
        await first.kill();
        await first.start();
        await pause(10 * SECOND);
      }
      await first.kill();
      await pause(180 * SECOND);
      await first.start();
      // Prometheus reads it once more.
      await pause(10 * SECOND);
    },
  },
  {
    name: "ledger locked for 80 seconds, with a crowd of writers",
    alerts: ["StmTurnsMissed"],
    // Writers wait for their turn before they are sent away, a minute at the most.
    within: 80 * SECOND,
    hold: async (clients) => {
      const leave = clients.crowd(60);
      await run(`${PG_BIN}/psql`, ["-AtXq", "-c", "begin; select number from ledger_head for update; select pg_sleep(80); commit"]);
      await leave();
    },
  },
  {
    name: "disk full for a minute",
    alerts: ["StmOutOfRoom"],
    hold: async () => {
      const filler = join(PG_CLUSTER, "../filler");
      const end = Date.now() + 60 * SECOND;
      while (Date.now() < end) {
        // Postgres takes what it can get, so what came free is filled again.
        const { bavail, bsize } = statfsSync(PG_CLUSTER);
        if (bavail > 0) execFileSync("sh", ["-c", `head -c ${bavail * bsize} /dev/zero >>${filler} 2>/dev/null || true`]);
        await pause(SECOND);
      }
      rmSync(filler);
      // It stops when it finds no room for its own log.
      if (!(await isUp())) await postgres("start").catch(() => postgres("restart", "-m", "immediate"));
    },
  },
  {
    name: "second clock 10 s ahead for 90 seconds",
    alerts: ["StmClockWrong"],
    hold: async () => {
      setClock(10);
      await pause(90 * SECOND);
      setClock(0);
    },
  },
  {
    name: "second clock 10 s behind for a minute",
    hold: async () => {
      setClock(-10);
      await pause(60 * SECOND);
      setClock(0);
    },
  },
];
