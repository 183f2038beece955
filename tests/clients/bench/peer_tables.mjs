// The peer's tables in a schema `peer`: what the service answers to VNG, a table for each kind of thing and each fact in one place,
// with the keys that the questions need. Only the history is one flat table, as a warehouse would have it.
import { MUNICIPALITY, PERIOD } from "./questions.mjs";

const TABLES = `
  create schema peer;
  create table peer.line (number int primary key, short_title text);
  create table peer.status (code text primary key, place int);
  create table peer.action (key text primary key, number int, title text, line int, status text, explanation text);
  create index on peer.action (line);
  create table peer.planned (action text, place int, year int, planned text, primary key (action, place));
  create table peer.partner (key text primary key, name text);
  create table peer.role (action text, place int, role text, partner text, primary key (action, place));
  create table peer.region (code text primary key, name text);
  create table peer.municipality (code text primary key, name text, region text, status text, since date);
  create table peer.criterion (code text primary key, title text);
  create table peer.assessment (municipality text primary key, state text, number int);
  create table peer.answer (municipality text, place int, criterion text, answer text, explanation text,
    primary key (municipality, place));
  create table peer.evidence (municipality text, criterion text, place int, kind text, title text, effective_on date,
    primary key (municipality, criterion, place));
  create table peer.draft (municipality text, criterion text, answer text, explanation text, revision int,
    primary key (municipality, criterion));
`;

const insert = async (client, table, rows) => {
  for (const row of rows) {
    const places = row.map((_, index) => `$${index + 1}`).join(", ");
    await client.query(`insert into peer.${table} values (${places})`, row);
  }
};

// Fills the tables from answers to the questions, and the history of answers from the view that the feed reads.
export async function fill(client, answers, pin) {
  await client.query(TABLES);
  const lines = answers.Q1.dashboard.lines;
  await insert(client, "line", lines.map(({ line }) => [line.number, line.shortTitle]));
  await insert(client, "status", lines[0].counts.statuses.map(({ status }, place) => [status, place]));
  const actions = answers.Q2.actions.nodes;
  await insert(
    client,
    "action",
    actions.map((action) => [action.key, action.number, action.title.nl, action.line.number, action.status, action.explanation]),
  );
  await insert(
    client,
    "planned",
    actions.flatMap(({ key, timeline }) => timeline.map(({ year, planned }, place) => [key, place, year, planned])),
  );
  const partners = new Map(actions.flatMap((action) => action.partners).map(({ partner }) => [partner.key, partner.name.nl]));
  await insert(client, "partner", [...partners]);
  await insert(
    client,
    "role",
    actions.flatMap(({ key, partners }) => partners.map(({ role, partner }, place) => [key, place, role, partner.key])),
  );
  await insert(client, "region", answers.Q3.regions.map(({ code, name }) => [code, name]));
  await insert(
    client,
    "municipality",
    answers.Q3.compliancePicture.municipalities.map(({ municipality, status, since }) => [
      municipality.code,
      municipality.name,
      municipality.region?.code ?? null,
      status,
      since,
    ]),
  );
  const { state, latestVersion } = answers.Q4.assessment;
  await insert(client, "criterion", latestVersion.answers.map(({ criterion }) => [criterion.code, criterion.title.nl]));
  await insert(client, "assessment", [[MUNICIPALITY, state, latestVersion.number]]);
  await insert(
    client,
    "answer",
    latestVersion.answers.map(({ criterion, answer, explanation }, place) => [MUNICIPALITY, place, criterion.code, answer, explanation]),
  );
  await insert(
    client,
    "evidence",
    latestVersion.answers.flatMap(({ criterion, evidence }) =>
      evidence.map(({ kind, title, effectiveOn }, place) => [MUNICIPALITY, criterion.code, place, kind, title, effectiveOn]),
    ),
  );
  // As VNG, within its scope, in the order of the service's page.
  const settings = { role: "VNG", ledger_no: pin.ledger, day: pin.day, present_day: pin.day, partner: "vng" };
  for (const [name, value] of Object.entries(settings)) await client.query("select set_config($1, $2, false)", [`app.${name}`, value]);
  await client.query("create table peer.history as select row_number() over () as place, h.* from bi.fact_answer_history h");
  await client.query("alter table peer.history add primary key (place)");
  await client.query("vacuum analyze");
}

export { PERIOD };
