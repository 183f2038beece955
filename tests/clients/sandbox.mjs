// The sandbox of the partner's guide as a reader tries it, in an empty folder: the block of sh, `first.ts` and `codegen.ts` word for word, but
// for the port. In both languages, with the seconds that it took.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";

/** A port that nobody listens at. */
const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

for (const guide of ["en/frontend.md", "nl/partner.md"]) {
  const text = readFileSync(new URL(`../../api/docs/${guide}`, import.meta.url), "utf8");
  const port = await freePort();
  const block = (language, at) => {
    const found = [...text.matchAll(new RegExp("```" + language + "\\n(.*?)\\n```", "gs"))][at];
    return found[1].replaceAll("localhost:8080", `localhost:${port}`);
  };
  // Not in /tmp, which may be closed to the account of the private server; open to it, where root runs this.
  const folder = mkdtempSync("/var/tmp/stm-sandbox.");
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, "bin"));
  symlinkSync(resolve(process.env.PROGRAM), join(folder, "bin", "stm"));
  writeFileSync(join(folder, "first.ts"), block("ts", 0));
  writeFileSync(join(folder, "codegen.ts"), block("ts", 1));
  const lines = block("sh", 0);
  assert.ok(lines.split("\n").length <= 10, `${guide}: ten lines`);
  const script = `set -euo pipefail\ntrap 'kill $! && wait $! || true' EXIT\n${lines}\ncurl -s http://localhost:${port}/sandbox >page.html\n`;
  const env = { ...process.env, PATH: `${folder}/bin:${process.env.PATH}`, STM_LISTEN: `127.0.0.1:${port}` };
  for (const name of Object.keys(env)) {
    if (name.startsWith("DATABASE_") || name === "STM_DATA_DIR" || name === "STM_ISSUERS") delete env[name];
  }
  const began = Date.now();
  const ran = spawnSync("bash", ["-c", script], { cwd: folder, env, encoding: "utf8", timeout: 300_000 });
  const seconds = Math.round((Date.now() - began) / 1000);
  assert.equal(ran.status, 0, `${guide}: ${ran.stdout}\n${ran.stderr}`);
  assert.equal(ran.stdout.trim().split("\n").at(-1), "46", `${guide}: ${ran.stdout}`);
  const page = readFileSync(join(folder, "page.html"), "utf8");
  assert.equal(page.match(/export STM_TOKEN_[A-Z]+=eyJ/g)?.length, 5, `${guide}: a token for each role`);
  assert.ok(existsSync(join(folder, ".stm/sandbox/sandbox.txt")), `${guide}: a folder of its own`);
  rmSync(folder, { recursive: true, force: true });
  console.log(`${guide}: from an empty folder to a typed first answer in ${seconds} s`);
}
