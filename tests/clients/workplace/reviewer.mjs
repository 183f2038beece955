// A reviewer of VNG: opens the period, asks Hilversum, and claims and confirms twenty assessments at once.
import assert from "node:assert/strict";

import { Person } from "./person.mjs";

const QUEUE = "/werkplek/controle";

// Today, where the service is.
const today = () => new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Amsterdam" }).format(new Date());

// A period that began today and ends today.
export const opensPeriod = async () => {
  const day = today();
  const reviewer = await Person.signedIn("vng");
  await reviewer.follow("Rapportageperioden");
  const opening = reviewer.form("openReportingPeriod");
  await opening.getByLabel("Naam").fill("2026-2");
  await opening.getByLabel("Opent op").fill(day);
  await opening.getByLabel("Op tijd tot en met").fill(day);
  await opening.getByLabel("Laatste dag").fill(day);
  await reviewer.press("Periode openen");
  await reviewer.sees("De periode is vastgelegd.", "Periode 2026-2");
  return reviewer;
};

const chooseAll = async (reviewer) => {
  const boxes = reviewer.page.locator("input[name=rij]");
  assert.equal(await boxes.count(), 20);
  for (const box of await boxes.all()) await box.check();
};

export const asksAndClaims = async (reviewer) => {
  await reviewer.visit("/werkplek");
  await reviewer.follow("Wachtrij van de controle");
  await chooseAll(reviewer);
  await reviewer.press("In behandeling nemen");
  await reviewer.sees("De gekozen beoordelingen zijn bij u in behandeling.");
  assert.equal((await reviewer.text()).split("bij u in behandeling tot").length, 21);
  await reviewer.visit(`${QUEUE}/2026-2/GM0402`);
  await reviewer.sees("SV-05", "Deels voldaan");
  await reviewer.page.getByText("Een vraag stellen").click();
  await reviewer.form("askQuestions").getByLabel("Vraag", { exact: true }).fill("Sinds wanneer?");
  await reviewer.press("Vraag stellen");
  await reviewer.sees("De vraag is gesteld.");
};

export const confirmsAll = async (reviewer) => {
  await reviewer.visit(`${QUEUE}/2026-2/GM0402`);
  await reviewer.sees("Sinds 1 maart.");
  await reviewer.visit(QUEUE);
  await reviewer.visitEveryPage();
  await reviewer.visit(QUEUE);
  await chooseAll(reviewer);
  await reviewer.press("Bevestigen");
  await reviewer.sees("De gekozen beoordelingen zijn bevestigd.", "Er wacht niets op controle.");
};
