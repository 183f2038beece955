// An officer of Hilversum, by mouse or by finger: fills in, also with the sheet and beside a colleague, looks ahead and submits.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

import { base } from "../look/context.mjs";
import { Person } from "./person.mjs";

const HOME = "/werkplek/beoordelingen/GM0402/2026-2";
const folder = process.env.SCRATCH;

const form = (person) => person.form("saveDraft-SV-01");

// A workbook as it came, with these answers filled in by a program for spreadsheets.
const edited = (workbook, ...answers) => {
  const [from, to] = ["from.xlsx", "to.xlsx"].map((name) => path.join(folder, name));
  fs.writeFileSync(from, workbook);
  const here = import.meta.dirname;
  execFileSync(path.join(here, ".venv/bin/python"), [path.join(here, "edit.py"), from, to, ...answers]);
  return { name: "antwoordblad.xlsx", mimeType: "application/octet-stream", buffer: fs.readFileSync(to) };
};

// An answer with a mistake at its field, and then without; after a mistake nothing typed is lost.
const answers = async (officer) => {
  await officer.follow("Vul de criteria in");
  await form(officer).getByLabel("Antwoord").selectOption("MET");
  await form(officer).getByLabel("Toelichting").fill("Bel jan.jansen@example.nl");
  await officer.press("Antwoord opslaan", form(officer));
  await officer.sees("Nog niet opgeslagen", "e-mailadres");
  assert.equal(await form(officer).getByLabel("Toelichting").inputValue(), "Bel jan.jansen@example.nl");
  await form(officer).getByLabel("Toelichting").fill("De functie is belegd.");
  await officer.press("Antwoord opslaan", form(officer));
  await officer.sees("Het antwoord is opgeslagen.");
};

// Two people on one draft: who saves later sees what the other saved, and loses nothing.
const besideColleague = async (officer) => {
  const colleague = await Person.signedIn("GM0402 collega");
  await colleague.visit(`${HOME}/antwoorden`);
  assert.equal(await form(colleague).getByLabel("Toelichting").inputValue(), "De functie is belegd.");
  await officer.visit(`${HOME}/antwoorden`);
  await form(colleague).getByLabel("Toelichting").fill("Belegd sinds maart, zegt de collega.");
  await colleague.press("Antwoord opslaan", form(colleague));
  await form(officer).getByLabel("Toelichting").fill("Belegd bij het team Veiligheid.");
  await officer.press("Antwoord opslaan", form(officer));
  await officer.sees("Een collega heeft dit antwoord intussen gewijzigd", "Belegd sinds maart, zegt de collega.");
  assert.equal(await form(officer).getByLabel("Toelichting").inputValue(), "Belegd bij het team Veiligheid.");
  await form(officer).getByLabel("Toelichting").fill("Belegd bij het team Veiligheid, sinds maart.");
  await officer.press("Antwoord opslaan", form(officer));
  await officer.sees("Het antwoord is opgeslagen.");
  await colleague.visit(`${HOME}/antwoorden`);
  assert.equal(await form(colleague).getByLabel("Toelichting").inputValue(), "Belegd bij het team Veiligheid, sinds maart.");
};

// The workbook goes down, is filled in with a mistake, comes back, is corrected, and comes back once more.
const withSheet = async (officer) => {
  const { page } = officer;
  await officer.visit(`${HOME}/blad`);
  const link = await page.getByRole("link", { name: ".xlsx" }).getAttribute("href");
  const workbook = await (await page.request.get(base + link)).body();
  await page.setInputFiles("input[type=file]", edited(workbook, "SV-03=Voldaan", "SV-05=ja"));
  await officer.press("Opslaan");
  await officer.sees("Niet opgeslagen: 1 fout", "G1");
  const corrected = edited(workbook, "SV-03=Voldaan", "SV-05=Deels voldaan");
  await page.setInputFiles("input[type=file]", corrected);
  await officer.press("Proef");
  await officer.sees("er is niets opgeslagen", "(leeg) wordt Deels voldaan");
  await page.setInputFiles("input[type=file]", corrected);
  await officer.press("Opslaan");
  await officer.sees("Het antwoordblad is opgeslagen.");
};

const submits = async (officer) => {
  await officer.sees("Het oordeel als u nu indient", "Wat nog ontbreekt");
  await officer.visit(`${HOME}/afdruk`);
  await officer.sees("Concept: nog niet ingediend", "Belegd bij het team Veiligheid, sinds maart.");
  await officer.visit(HOME);
  const submission = officer.form("submitAssessment");
  await officer.press("Indienen", submission);
  await officer.sees("Vul in: functie die akkoord gaf.", "Vul in: dag van het akkoord.");
  await submission.getByLabel("Functie die akkoord gaf").fill("Portefeuillehouder veiligheid");
  await submission.getByLabel("Dag van het akkoord").fill(new Date(Date.now() - 86_400_000).toISOString().slice(0, 10));
  await officer.press("Indienen", submission);
  await officer.sees("De beoordeling is ingediend.", "Versie 1", "Ontvangstbewijs");
};

// Signs in, fills in and submits; gives the officer, who has a receipt.
export const handsIn = async () => {
  const officer = await Person.signedIn("GM0402");
  await officer.sees("Mijn taken", "Beoordeling indienen");
  await officer.follow("Beoordeling indienen");
  assert.equal(officer.page.url(), base + HOME);
  await officer.press("Begin een concept");
  await officer.sees("Het concept is begonnen");
  await answers(officer);
  await besideColleague(officer);
  await withSheet(officer);
  await submits(officer);
  await officer.visitEveryPage();
  return officer;
};

// Who does what in Hilversum, and where its notices go.
export const recordsFunction = async (officer) => {
  await officer.visit("/werkplek/functies/GM0402");
  const act = officer.form("registerSourceDocument");
  await act.getByLabel("Titel van het document").fill("Aanwijzingsbesluit");
  await act.getByLabel("Datum van het document").fill("2026-03-01");
  await officer.leadsOn(act.getByRole("button").click());
  await officer.sees("Het document is vastgelegd");
  const assigning = officer.form("assignFunction");
  await assigning.getByLabel("Functie").selectOption("DESIGNATED_OFFICER");
  await assigning.getByLabel("Organisatie of team").fill("Team Veiligheid");
  await assigning.getByLabel("Wat het document zegt").fill("Het team is aangewezen.");
  await assigning.getByLabel("Waar het staat").fill("besluit 1");
  await officer.leadsOn(assigning.getByRole("button").click());
  await officer.sees("Wie de functie vervult, is vastgelegd.", "Team Veiligheid; getraind: onbekend");
  await officer.visit("/werkplek/mandaten/GM0402");
  await officer.sees("U hebt geen mandaat gegeven.");
  await officer.visit("/werkplek/postvak");
  await officer.page.getByLabel("Adres van het postvak").fill("mensenhandel@hilversum.nl");
  await officer.press("Postvak aanmelden");
  await officer.sees("Het postvak is aangemeld.", "mensenhandel@hilversum.nl");
};

export const answersQuestion = async (officer) => {
  await officer.visit("/werkplek");
  await officer.follow("Vraag van VNG beantwoorden");
  await officer.sees("Sinds wanneer?");
  await officer.page.getByLabel("Uw antwoord").fill("Sinds 1 maart.");
  await officer.press("Antwoord versturen");
  await officer.sees("Uw antwoord: Sinds 1 maart.");
};

// What there is once VNG confirmed it, and the receipt, which the page offers as a file.
export const keepsReceipt = async (officer) => {
  await officer.visit(HOME);
  await officer.sees("Door VNG bevestigd");
  const link = await officer.page.locator("a[href*=ontvangstbewijzen]").first().getAttribute("href");
  const receipt = await officer.page.request.get(base + link);
  assert.equal(receipt.status(), 200);
  assert.match(receipt.headers()["content-disposition"], /receipt-GM0402-2026-2-1\.json/);
  const shown = await officer.text();
  const hash = /[0-9a-f]{64}/.exec(JSON.stringify(await receipt.json()));
  assert.ok(hash && shown.includes("Ontvangstbewijs"), shown);
};

// Signed out, nothing of it is shown any more, not by going back either.
export const signsOut = async (officer) => {
  await officer.visit(HOME);
  await officer.press("Afmelden");
  await officer.sees("U bent afgemeld.");
  await officer.page.goBack();
  await officer.look();
  assert.ok(officer.page.url().startsWith(`${base}/werkplek/aanmelden`), officer.page.url());
};
