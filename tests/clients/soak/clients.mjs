// Readers and writers of the soak, each of which tries again as a good client does: after Retry-After, with the same key, at the
// other door when nobody is at this one. Everything that was sent is remembered by second, and by what came of it.
import assert from "node:assert/strict";
import http from "node:http";

const { STM_TOKEN_VNG, STM_TOKEN_MUNICIPALITY, SOAK_MUNICIPALITY } = process.env;
export const PERIOD = "2026-2";
export const CRITERIA = ["SV-02", "SK-05"];
const READERS = 8;
const WRITERS = 3;
// Slow enough that the machine has room for the faults.
const PAUSE_READER = 40;
const PAUSE_WRITER = 250;
const WITHIN_MS = 12_000;
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const agent = new http.Agent({ keepAlive: true });
const send = (port, { path, body, token }) =>
  new Promise((resolve) => {
    const headers = { accept: body ? "application/graphql-response+json" : "application/json" };
    if (body) headers["content-type"] = "application/json";
    if (token) headers.authorization = `Bearer ${token}`;
    const request = http.request({ port, host: "127.0.0.1", path, method: body ? "POST" : "GET", agent, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => (text += chunk));
      response.on("end", () => resolve({ status: response.statusCode, after: response.headers["retry-after"], text }));
      response.on("error", (error) => resolve({ status: 0, code: error.code ?? error.message }));
    });
    request.on("error", (error) => {
      // A connection may be ended as idle just when something is sent on it (RFC 9112, 9.3.1): that is sent anew, as all of it may be.
      const isEnded = request.reusedSocket && error.code === "ECONNRESET";
      resolve(isEnded ? send(port, { path, body, token }) : { status: 0, code: error.code ?? error.message });
    });
    request.end(body && JSON.stringify(body));
  });

export class Clients {
  /** `doors` are the instances: `port`, and `dead` while one was killed and is not back. */
  constructor(doors) {
    this.doors = doors;
    this.working = true;
    this.seconds = new Map();
    this.wrong = [];
    this.documents = [];
    this.drafts = [];
    this.older = 0;
    this.readBack = 0;
  }

  note({ status, code, after, text }, took, mayRefuse) {
    const second = Math.floor(Date.now() / 1000);
    const counts = this.seconds.get(second) ?? { answers: 0, later: 0, refused: 0, slowest: 0 };
    this.seconds.set(second, counts);
    counts.slowest = Math.max(counts.slowest, took);
    if (status === 200) counts.answers += 1;
    else if (status === 0 && mayRefuse && ["ECONNREFUSED", "ECONNRESET", "EPIPE"].includes(code)) counts.refused += 1;
    else {
      counts.later += 1;
      const clean = status === 503 && Number(after) >= 1 && /"code":"UNAVAILABLE"/.test(text) && !/postgres|sqlx|127\.0\.0\.1|disk|clock/i.test(text);
      if (!clean || took > this.within) this.wrong.push({ status, code, after, took, text: text?.slice(0, 300), at: new Date().toISOString() });
    }
  }

  /** How long an answer of 503 may take; a writer behind a locked ledger waits for its turn first. */
  within = WITHIN_MS;

  async ask(door, request) {
    for (let at = door; ; ) {
      const { port, dead } = this.doors[at];
      const began = Date.now();
      const answer = await send(port, request);
      this.note(answer, Date.now() - began, dead || this.doors[at].dead || this.doors[at].port !== port);
      if (answer.status === 200) return answer.text;
      if (!this.working) return null;
      if (answer.status === 0) at = (at + 1) % this.doors.length;
      await pause(answer.status === 503 ? Number(answer.after ?? 1) * 1000 : 20);
      // The clock of one may be wrong for long: the other door records.
      if (answer.status === 503) at = (at + 1) % this.doors.length;
    }
  }

  async reader(number) {
    const kinds = [
      // Never kept, as no two are alike; kept; a table.
      (times) => ({ body: { query: `{ a${number}x${times}: action(number: 32) { status } municipality(code: "GM0402") { label } }` }, path: "/v1/graphql" }),
      () => ({ body: { query: "{ dashboard { lines { line { number } counts { actions } } } municipality(code: \"GM0402\") { label } }" }, path: "/v1/graphql" }),
      () => ({ path: "/v1/odata/public/dim_municipality?$top=100" }),
    ];
    for (let times = 0; this.working; times += 1) {
      const text = await this.ask((number + times) % 2, kinds[times % kinds.length](times));
      if (text !== null) assert.ok(text.includes("Hilversum") || text.includes("GM0"), text.slice(0, 300));
      await pause(PAUSE_READER);
    }
  }

  // Registers a source at a door, until that is acknowledged.
  async register(door, key) {
    const query = `mutation ($input: RegisterSourceDocumentInput!) {
      registerSourceDocument(input: $input) { document { key } errors { code } } }`;
    const input = { key, kind: "STATEMENT", titleNl: "Verklaring", idempotencyKey: key };
    const text = await this.ask(door, { body: { query, variables: { input } }, path: "/v1/graphql", token: STM_TOKEN_VNG });
    if (text === null) return false;
    assert.deepEqual(JSON.parse(text).data?.registerSourceDocument, { document: { key }, errors: [] }, text);
    this.documents.push(key);
    return true;
  }

  // Registers a source, and reads it at the other door.
  async writer(number) {
    for (let times = 0; this.working; times += 1) {
      const door = (number + times) % 2;
      const key = `soak-${number}-${times}`;
      if (!(await this.register(door, key))) continue;
      const back = await this.ask((door + 1) % 2, {
        body: { query: `{ sourceDocument(key: "${key}") { key } }` }, path: "/v1/graphql", token: STM_TOKEN_VNG,
      });
      if (back !== null) {
        this.readBack += 1;
        if (JSON.parse(back).data.sourceDocument?.key !== key) this.older += 1;
      }
      await pause(PAUSE_WRITER);
    }
  }

  /** So many more who register a source each; returns what waits until all of them have. */
  crowd(many) {
    const registered = Array.from({ length: many }, (_, number) => this.register(number % 2, `soak-crowd-${number}`));
    return () => Promise.all(registered);
  }

  // Saves an answer of a draft again and again; which number was acknowledged last is what must be there.
  async officer(criterion) {
    const query = `mutation ($input: SaveDraftInput!) { saveDraft(input: $input) {
      assessment { draft { answers { criterion { code } revision } } } errors { code } } }`;
    let revision = null;
    for (let times = 1; this.working; times += 1) {
      const answers = [{ criterion, answer: "PARTLY_MET", explanation: `Stand ${times}.`, revision }];
      const input = { municipality: SOAK_MUNICIPALITY, period: PERIOD, answers };
      this.drafts[criterion] = { ...this.drafts[criterion], sent: times };
      const text = await this.ask(times % 2, { body: { query, variables: { input } }, path: "/v1/graphql", token: STM_TOKEN_MUNICIPALITY });
      if (text === null) continue;
      const { data } = JSON.parse(text);
      assert.deepEqual(data?.saveDraft.errors, [], text);
      const { assessment } = data.saveDraft;
      ({ revision } = assessment.draft.answers.find((answer) => answer.criterion.code === criterion));
      this.drafts[criterion].acknowledged = times;
      await pause(PAUSE_WRITER);
    }
  }

  start() {
    const all = [
      ...Array.from({ length: READERS }, (_, number) => this.reader(number)),
      ...Array.from({ length: WRITERS }, (_, number) => this.writer(number)),
      ...CRITERIA.map((criterion) => this.officer(criterion)),
    ];
    // Whoever finds an answer that is wrong ends the check at once.
    this.ended = Promise.all(all);
    this.ended.catch((error) => {
      console.error(error);
      process.exit(1);
    });
  }

  async stop() {
    this.working = false;
    await this.ended;
  }

  /** What happened from one instant to another, in milliseconds. */
  between(from, to) {
    const sum = { answers: 0, later: 0, refused: 0, slowest: 0 };
    for (const [second, counts] of this.seconds) {
      if (second * 1000 < from - 1000 || second * 1000 >= to) continue;
      for (const kind of ["answers", "later", "refused"]) sum[kind] += counts[kind];
      sum.slowest = Math.max(sum.slowest, counts.slowest);
    }
    return sum;
  }

  /** Answers of the last whole second. */
  speed() {
    return this.seconds.get(Math.floor(Date.now() / 1000) - 1)?.answers ?? 0;
  }
}
