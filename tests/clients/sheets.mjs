// An answer sheet that goes through a program and back: what the checks of programs share. The service must be a demo.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { change } from "./feeds.mjs";

const MUNICIPALITY = "GM0402";
const token = process.env.STM_TOKEN_MUNICIPALITY;
const day = (offset) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

async function own(path, options = {}) {
  const headers = { authorization: `Bearer ${token}`, "cache-control": "no-store", ...options.headers };
  const answer = await fetch(process.env.SERVICE_URL + path, { ...options, headers });
  assert.ok(answer.ok, `${path}: ${answer.status}`);
  return answer;
}

async function ask(query, variables) {
  const body = JSON.stringify({ query, variables });
  const answer = await own("/v1/graphql", { method: "POST", body, headers: { "content-type": "application/json" } });
  const { data, errors } = await answer.json();
  assert.equal(errors, undefined);
  return data;
}

/** The answers of a draft, with their revisions. */
async function answers(period) {
  const query = `{ assessment(municipality: "${MUNICIPALITY}", period: "${period}") {
    draft { answers { criterion { code } answer explanation revision } } } }`;
  return (await ask(query)).assessment.draft.answers;
}

/** Opens a period of its own and saves answers whose words a program might take for something else. */
async function prepare(period) {
  const input = {
    key: period, edition: "VOORSTEL-1", opensOn: day(-1), deadlineOn: day(20), lastDay: day(30), idempotencyKey: randomUUID(),
  };
  const open = "mutation ($input: OpenReportingPeriodInput!) { openReportingPeriod(input: $input) { errors { code } } }";
  assert.deepEqual((await change(open, { input })).openReportingPeriod.errors, []);
  const texts = { "SV-01": "-5% minder; =1+1", "SV-02": 'Regel een\nregel twee, "é" en €', "SV-03": "1-2", "BB-03": "n.v.t.", "BB-04": "0012", "BB-05": "'s Avonds" };
  const list = Object.entries(texts).map(([criterion, explanation]) => ({ criterion, answer: "PARTLY_MET", explanation }));
  const save = "mutation ($input: SaveDraftInput!) { saveDraft(input: $input) { errors { code } } }";
  const saved = await ask(save, { input: { municipality: MUNICIPALITY, period, answers: list } });
  assert.deepEqual(saved.saveDraft.errors, []);
}

/** Hands a sheet back as a program wrote it, which is called with the file, the file to write, and whether it is Dutch: nothing changes. */
export async function roundTrip(program, period, [command, ...args]) {
  await prepare(period);
  const folder = mkdtempSync(join(tmpdir(), "sheet-"));
  const [from, to] = ["from.csv", "to.csv"].map((name) => join(folder, name));
  const path = `/v1/assessments/${MUNICIPALITY}/${period}/answer-sheet.csv`;
  const before = await answers(period);
  for (const [query, isDutch] of [["", "no"], ["?dialect=nl", "yes"]]) {
    writeFileSync(from, await (await own(path + query)).text());
    execFileSync(command, [...args, from, to, isDutch], { stdio: ["ignore", "ignore", "inherit"] });
    const body = readFileSync(to);
    for (const dry of ["?dryRun=true", ""]) {
      const headers = { "content-type": "text/csv", "idempotency-key": randomUUID() };
      const { data } = await (await own(path + dry, { method: "POST", body, headers })).json();
      const { changed, changes, errors, toConfirm } = data.importAnswerSheet;
      assert.deepEqual({ changed, changes, errors, toConfirm }, { changed: 0, changes: [], errors: [], toConfirm: 0 }, `${program}${query}`);
    }
    assert.deepEqual(await answers(period), before, `${program}${query}`);
  }
  console.log(`ok ${program}: an answer sheet there and back, in both dialects`);
}

// By itself with the name of the program and its command.
if (import.meta.filename === process.argv[1]) {
  const [, , program, period, ...command] = process.argv;
  await roundTrip(program, period, command);
}
