// A provider, and a service that trusts it for browsers, both with the clock that is set. Where people come back to is registered at
// the provider, so the address of the service is chosen before.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { faked, ready } from "./clock.mjs";

export const folder = mkdtempSync(path.join(tmpdir(), "stm-workplace."));

const freePort = () =>
  new Promise((resolve) => {
    const server = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

// Starts both; gives the address of the service and how both are stopped.
export const start = async () => {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const environment = { ...process.env, ...faked };
  const provider = spawn(process.execPath, [path.join(import.meta.dirname, "../provider.mjs"), folder], {
    env: { ...environment, SERVICE_URL: base },
    stdio: ["ignore", "pipe", "inherit"],
  });
  // It says where it is once it has written all.
  await once(provider.stdout, "data");
  const issuers = path.join(folder, "issuers.toml");
  const service = spawn(process.env.STM, ["serve"], {
    env: { ...environment, STM_ISSUERS: issuers, STM_LISTEN: `127.0.0.1:${port}` },
    stdio: ["ignore", "ignore", "inherit"],
  });
  await ready(base);
  const stop = () => {
    service.kill();
    provider.kill();
  };
  return { base, stop };
};
