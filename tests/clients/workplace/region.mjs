// The region Gooi en Vechtstreek looks ahead, answers for its members, sees how far they are, records a bottleneck and reports.
import { change, tokenOf } from "./others.mjs";
import { Person } from "./person.mjs";

const REGION = "/werkplek/regio/VR14";

const today = () => new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Amsterdam" }).format(new Date());

export const answersAndReports = async () => {
  const vng = tokenOf("--role", "vng");
  await change(vng, "registerReportingRegion", { area: "VR14", from: "2026-01-01", idempotencyKey: "gooi" });
  const region = await Person.signedIn("VR14");
  await region.sees("Halfjaarrapportage indienen", "Gemeenten van de regio");
  await region.visit(REGION);
  const answering = region.form("submitRegionalAnswer");
  await answering.getByLabel("Criterium").selectOption("VOORSTEL-1/SK-01");
  await answering.getByLabel("Antwoord").selectOption("MET");
  await answering.getByLabel("Geldt vanaf").fill(today());
  await region.press("Bekijk het effect", answering);
  await region.sees("Vooruitblik: er is niets ingediend.", "Hilversum, periode 2026-2");
  await region.press("Antwoord indienen", region.form("submitRegionalAnswer"));
  await region.sees("Het regionale antwoord is ingediend", "SK-01 Ketenregisseur: Voldaan");
  await region.visit(`${REGION}/taken`);
  await region.page.getByText("Een knelpunt vastleggen").click();
  const raising = region.form("raiseRegionalBottleneck");
  await raising.getByLabel("Knelpunt").fill("Er is geen opvang voor mannen.");
  await raising.getByLabel("Sinds").fill("2026-08-01");
  await raising.getByRole("button").click();
  await region.sees("Het knelpunt is vastgelegd.", "Knelpunt 1, sinds 1 augustus 2026");
  await region.page.getByRole("link", { name: /^Halfjaar / }).first().click();
  await region.press("Rapportage indienen");
  await region.sees("De halfjaarrapportage is ingediend", "Versie 1");
  await region.visitEveryPage();
  await region.visit("/werkplek");
};
