// Digests by mail under a clock that is set (libfaketime, for the program and for Postgres alike): the mail server is away for an
// hour, and no digest is lost and none comes twice; four senders at once send each of them once; and what the mail server took
// without saying so comes again under the same Message-ID, to the letter the same. Called by own-postgres.sh.
import assert from "node:assert/strict";
import { execFile, execFileSync, spawn } from "node:child_process";
import { writeFileSync, renameSync } from "node:fs";
import net from "node:net";
import { promisify } from "node:util";

const { STM, FAKED_CLOCK, FAKED_LIBRARY } = process.env;
const FAKED = {
  LD_PRELOAD: FAKED_LIBRARY,
  FAKETIME_TIMESTAMP_FILE: FAKED_CLOCK,
  FAKETIME_NO_CACHE: "1",
  FAKETIME_DONT_FAKE_MONOTONIC: "1",
  NO_FAKE_STAT: "1",
};
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// The clock begins at the next noon, UTC, and goes on from there. It is read anew at each look, so it is put there in one piece.
const noon = Math.ceil(Date.now() / DAY) * DAY + DAY / 2;
const setClock = (instant) => {
  const ahead = Math.round((instant - Date.now()) / 1000);
  writeFileSync(`${FAKED_CLOCK}.new`, `+${ahead}\n`, { mode: 0o644 });
  renameSync(`${FAKED_CLOCK}.new`, FAKED_CLOCK);
};
const day = (instant) => new Date(instant).toISOString().slice(0, 10);

// A mail server: it takes mails, or takes them and hangs up before it says so.
class MailServer {
  mails = [];
  saysSo = true;
  async start(port = 0) {
    this.server = net.createServer((socket) => this.#talk(socket));
    await new Promise((resolve) => this.server.listen(port, "127.0.0.1", resolve));
    this.port = this.server.address().port;
    return this;
  }
  stop() {
    return new Promise((resolve) => this.server.close(resolve));
  }
  #talk(socket) {
    const say = (line) => socket.write(`${line}\r\n`);
    let text = "";
    let to = "";
    let isData = false;
    socket.setEncoding("utf8").on("error", () => {});
    socket.on("data", (chunk) => {
      text += chunk;
      for (;;) {
        const end = isData ? text.indexOf("\r\n.\r\n") : text.indexOf("\r\n");
        if (end < 0) return;
        const part = text.slice(0, end);
        text = text.slice(end + (isData ? 5 : 2));
        if (isData) {
          isData = false;
          this.mails.push({ to, raw: part.replaceAll("\r\n..", "\r\n.") });
          if (!this.saysSo) return socket.destroy();
          say("250 OK");
        } else if (/^EHLO/i.test(part)) say("250-mail.example.nl\r\n250 8BITMIME");
        else if (/^RCPT TO:/i.test(part)) {
          to = /<([^>]*)>/.exec(part)[1];
          say("250 OK");
        } else if (/^DATA/i.test(part)) {
          isData = true;
          say("354 go on");
        } else if (/^QUIT/i.test(part)) {
          say("221 bye");
          return socket.end();
        } else say("250 OK");
      }
    });
    say("220 mail.example.nl ESMTP");
  }
}
const idOf = ({ raw }) => /^Message-ID: (<[^>]+>)/im.exec(raw)[1];
const receivers = ({ mails }) => mails.map(({ to }) => to).sort();

const freePort = async () => {
  const server = await new MailServer().start();
  await server.stop();
  return server.port;
};

// One turn of the sender, as `stm notify` tells it.
const notify = async (port) => {
  const env = {
    ...process.env, ...FAKED, STM_SMTP_HOST: "127.0.0.1", STM_SMTP_PORT: String(port), STM_SMTP_SECURITY: "none",
    STM_SMTP_FROM: "monitor@example.nl", STM_PUBLIC_URL: "https://monitor.example.nl",
  };
  const { stdout } = await promisify(execFile)(STM, ["notify"], { env }).catch((error) => {
    assert.equal(error.code, 1, error.stderr);
    return error;
  });
  const found = /^(\d+) digests made, (\d+) delivered, (\d+) refused, (\d+) to be tried again\n$/.exec(stdout);
  assert.ok(found, stdout);
  const [made, delivered, refused, inVain] = found.slice(1).map(Number);
  assert.equal(refused, 0);
  return { made, delivered, inVain };
};

setClock(noon);
const port = await freePort();
const env = { ...process.env, ...FAKED, STM_LISTEN: `127.0.0.1:${port}` };
const token = (...of) => execFileSync(STM, ["token", "--role", ...of], { env, encoding: "utf8" }).trim();
const service = spawn(STM, ["serve"], { env, stdio: ["ignore", "ignore", "inherit"] });
process.on("exit", () => service.kill("SIGKILL"));
while ((await fetch(`http://127.0.0.1:${port}/health/ready`).then(({ status }) => status, () => 0)) !== 200) {
  assert.equal(service.exitCode, null, "the service ended");
  await pause(50);
}
const change = async (bearer, mutation, input) => {
  const type = mutation[0].toUpperCase() + mutation.slice(1);
  const response = await fetch(`http://127.0.0.1:${port}/v1/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/graphql-response+json", authorization: `Bearer ${bearer}` },
    body: JSON.stringify({
      query: `mutation ($input: ${type}Input!) { ${mutation}(input: $input) { errors { code } } }`,
      variables: { input: { ...input, idempotencyKey: mutation } },
    }),
  });
  const text = await response.text();
  assert.deepEqual(JSON.parse(text).data, { [mutation]: { errors: [] } }, text);
};

await change(token("vng"), "openReportingPeriod", {
  key: "2026-2", edition: "VOORSTEL-1", opensOn: day(noon - DAY), deadlineOn: day(noon + 30 * DAY), lastDay: day(noon + 60 * DAY),
});
const mailboxes = [];
for (const code of ["GM0376", "GM0402", "GM0406", "GM0417", "GM1696", "GM1942"]) {
  const mailboxAddress = `info@${code.toLowerCase()}.example.nl`;
  await change(token("municipality", "--municipality", code), "registerMailbox", { mailboxAddress });
  mailboxes.push(mailboxAddress);
}
service.kill("SIGTERM");
await new Promise((resolve) => service.on("exit", resolve));

// Nobody answers for an hour. Once the mail server is back, what waited for it comes within half an hour.
const smtp = await freePort();
assert.deepEqual(await notify(smtp), { made: 6, delivered: 0, inVain: 1 });
for (let minute = 4; minute <= 60; minute += 4) {
  setClock(noon + minute * MINUTE);
  const { made, delivered } = await notify(smtp);
  assert.deepEqual({ made, delivered }, { made: 0, delivered: 0 });
}
const server = await new MailServer().start(smtp);
for (let minute = 61; minute <= 95; minute += 2) {
  setClock(noon + minute * MINUTE);
  await notify(smtp);
}
assert.deepEqual(receivers(server), mailboxes);
console.log("mail: the mail server was away for an hour, and each of six digests came once");

// The next day four senders begin at once.
server.mails.length = 0;
setClock(noon + DAY);
const turns = await Promise.all([notify(smtp), notify(smtp), notify(smtp), notify(smtp)]);
turns.push(await notify(smtp));
const sum = (name) => turns.reduce((total, turn) => total + turn[name], 0);
assert.deepEqual([sum("made"), sum("delivered"), sum("inVain")], [6, 6, 0]);
assert.deepEqual(receivers(server), mailboxes);
console.log("mail: four senders at once sent each digest once");

// The day after that the mail server takes mails without saying so.
server.mails.length = 0;
server.saysSo = false;
setClock(noon + 2 * DAY);
assert.deepEqual(await notify(smtp), { made: 6, delivered: 0, inVain: 1 });
server.saysSo = true;
setClock(noon + 2 * DAY + 2 * MINUTE);
assert.deepEqual(await notify(smtp), { made: 0, delivered: 6, inVain: 0 });
const [first, ...rest] = server.mails;
assert.equal(rest.length, 6);
const again = rest.filter(({ to }) => to === first.to);
assert.deepEqual(again, [first]);
assert.equal(new Set(rest.map(idOf)).size, 6);
setClock(noon + 2 * DAY + 60 * MINUTE);
assert.deepEqual(await notify(smtp), { made: 0, delivered: 0, inVain: 0 });
assert.equal(server.mails.length, 7);
await server.stop();
console.log(`mail: what was taken without a word came again as ${idOf(first)}, and nothing else did`);
