// The clock of the service, its database and the provider (libfaketime): the next day comes when it is told to.
import { renameSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

const { FAKED_CLOCK, FAKED_LIBRARY } = process.env;

// The variables of a program that has this clock.
export const faked = {
  LD_PRELOAD: FAKED_LIBRARY,
  FAKETIME_TIMESTAMP_FILE: FAKED_CLOCK,
  FAKETIME_NO_CACHE: "1",
  FAKETIME_DONT_FAKE_MONOTONIC: "1",
  NO_FAKE_STAT: "1",
};

// A service is ready once its clock and that of its database agree.
export const ready = async (base) => {
  const isReady = async () => {
    const response = await fetch(`${base}/health/ready`).catch(() => null);
    return response?.status === 200;
  };
  while (!(await isReady())) await pause(200);
};

export const tomorrow = async (base) => {
  writeFileSync(`${FAKED_CLOCK}.new`, "+1d\n", { mode: 0o644 });
  renameSync(`${FAKED_CLOCK}.new`, FAKED_CLOCK);
  await ready(base);
};
