// An officer of the region Gooi en Vechtstreek: looks ahead, answers for its members, sees them, records and reports, and remarks on a
// proposed edition.
import { change, send, token } from "./api.mjs";
import { Person } from "./person.mjs";

const REGION = "/werkplek/regio/VR14";
const day = (offset) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

// VNG registers the region, and lays a second edition open for remarks.
const prepared = async () => {
  const vng = token("vng");
  await change(vng, "registerReportingRegion", { area: "VR14", from: "2026-01-01", idempotencyKey: "region" });
  const { framework } = await send(vng, "{ framework { criteria { code } } }");
  await change(vng, "proposeEdition", {
    code: "VOORSTEL-2",
    from: "VOORSTEL-1",
    titleNl: "Tweede",
    titleEn: "Second",
    normMonths: 48,
    inheritanceGraceMonths: 24,
    carried: framework.criteria.map(({ code }) => code),
    criteria: [],
    idempotencyKey: "edition",
  });
  await change(vng, "openEditionForComment", { edition: "VOORSTEL-2", lastDay: day(30), idempotencyKey: "comment" });
};

const answers = async (officer) => {
  await officer.visit(REGION);
  const answering = officer.form("submitRegionalAnswer");
  await answering.getByLabel("Criterium").selectOption("VOORSTEL-1/SK-01");
  await answering.getByLabel("Antwoord").selectOption("MET");
  await answering.getByLabel("Geldt vanaf").fill(day(0));
  await officer.press("Bekijk het effect", answering);
  await officer.sees("Vooruitblik: er is niets ingediend.", "Hilversum, periode 2026-2");
  await officer.press("Antwoord indienen", officer.form("submitRegionalAnswer"));
  await officer.sees("Het regionale antwoord is ingediend", "SK-01 Ketenregisseur: Voldaan");
};

const seesMembers = async (officer) => {
  await officer.visit(`${REGION}/gemeenten`);
  await officer.sees("Invullen voor Hilversum", "Op tijd ingediend");
  await officer.follow("Hilversum");
  await officer.sees("Mandaat om in te dienen");
  await officer.visit(`${REGION}/beleid`);
  await officer.sees("Beleid mensenhandel Gooi en Vechtstreek");
  await officer.visit(`${REGION}/functies`);
  await officer.sees("Ingevuld voor 6");
};

const reports = async (officer) => {
  await officer.visit(`${REGION}/taken`);
  await officer.page.getByText("Een knelpunt vastleggen").click();
  const raising = officer.form("raiseRegionalBottleneck");
  await raising.getByLabel("Knelpunt").fill("Er is geen opvang voor mannen.");
  await raising.getByLabel("Sinds").fill("2026-08-01");
  await officer.leadsOn(raising.getByRole("button").click());
  await officer.sees("Het knelpunt is vastgelegd.", "Knelpunt 1, sinds 1 augustus 2026");
  await officer.leadsOn(officer.page.getByRole("link", { name: /^Halfjaar / }).first().click());
  await officer.press("Rapportage indienen");
  await officer.sees("De halfjaarrapportage is ingediend", "Versie 1");
};

const remarks = async (officer) => {
  await officer.visit("/werkplek/consultaties/VOORSTEL-2");
  const remarking = officer.form("remarkOnCriterion-SV-03-VR14");
  await remarking.getByLabel("Uw opmerking").fill("De meldroute is regionaal.");
  await officer.leadsOn(remarking.getByRole("button").click());
  await officer.sees("Uw opmerking is bewaard.", "Opmerking van Gooi en Vechtstreek");
};

export const worksForRegion = async () => {
  await prepared();
  const officer = await Person.signedIn("VR14");
  await officer.sees("Halfjaarrapportage indienen", "Gemeenten van de regio");
  await answers(officer);
  await seesMembers(officer);
  await reports(officer);
  await remarks(officer);
  await officer.visitEveryPage();
};
