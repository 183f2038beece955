// The workplace in headless Chromium (CHROMIUM names it) without scripts, on a screen of 390 px: an officer of Hilversum signs in at an
// OpenID provider, fills in, sends a sheet, looks ahead, submits and answers VNG; a reviewer of VNG signs in beside it, asks and
// confirms; an officer of the region looks ahead, answers for its members and reports. axe-core finds nothing on any page, none is wider than the screen, and the officer once works by keyboard alone.
import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const base = process.env.STM_URL;
const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const complaints = [];

// What somebody sees without scripts is looked at by axe-core in a browser of its own with the same cookies.
const inspect = async (page) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, storageState: await page.context().storageState() });
  const twin = await context.newPage();
  for (const colorScheme of ["light", "dark"]) {
    await twin.emulateMedia({ colorScheme });
    await twin.goto(page.url());
    await twin.evaluate(axe);
    const { violations } = await twin.evaluate(() => window.axe.run());
    for (const { id, impact, nodes } of violations) {
      for (const node of nodes) complaints.push(`axe-core: ${page.url()} ${colorScheme}: ${id} (${impact}): ${node.html.slice(0, 200)}`);
    }
  }
  const wide = await twin.evaluate(() => document.documentElement.scrollWidth);
  if (wide > 390) complaints.push(`${page.url()} is ${wide} px wide`);
  await context.close();
};

const signedIn = async (name) => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await page.goto(`${base}/werkplek`);
  await inspect(page);
  await page.getByRole("link", { name: "Aanmelden bij Gemeentelijke aanmelding" }).click();
  await page.fill("input[name=login]", name);
  await page.fill("input[name=password]", "x");
  await page.click("button[type=submit]");
  await page.click("button[type=submit]");
  await page.waitForURL(`${base}/werkplek`);
  // The provider stands on the same host, and cookies know no ports.
  const cookies = (await context.cookies(base)).filter(({ name: own }) => !/^_(session|interaction|grant)/.test(own));
  assert.deepEqual(
    cookies.map(({ name: own, httpOnly, secure, sameSite }) => [own, httpOnly, secure, sameSite]),
    [["__Host-stm-werkplek", true, true, "Lax"]],
  );
  return page;
};
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const sees = async (page, ...texts) => {
  const body = (await page.textContent("main")).replace(/\s+/g, " ");
  for (const text of texts) assert.ok(body.includes(text), `${page.url()}: ${text}\n${body.slice(0, 2000)}`);
};

// A mutation by whoever holds the token of a role; it is accepted.
const change = async (role, mutation, input) => {
  const type = `${mutation[0].toUpperCase()}${mutation.slice(1)}Input!`;
  const query = `mutation ($input: ${type}) { ${mutation}(input: $input) { errors { code message { nl } } } }`;
  const answer = await fetch(`${base}/v1/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${process.env[`STM_TOKEN_${role}`]}` },
    body: JSON.stringify({ query, variables: { input: { ...input, idempotencyKey: mutation } } }),
  });
  assert.deepEqual((await answer.json()).data, { [mutation]: { errors: [] } });
};
// A second edition, proposed; what it takes to lay it open for a month.
const proposed = async () => {
  const found = await fetch(`${base}/v1/graphql?query={framework{criteria{code}}}`);
  const { data } = await found.json();
  const terms = { normMonths: 48, inheritanceGraceMonths: 24, criteria: [] };
  const named = { code: "VOORSTEL-2", from: "VOORSTEL-1", titleNl: "Tweede", titleEn: "Second" };
  await change("VNG", "proposeEdition", { ...named, ...terms, carried: data.framework.criteria.map(({ code }) => code) });
  return { edition: "VOORSTEL-2", lastDay: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10) };
};

const officer = await signedIn("hilversum");
await sees(officer, "Mijn taken", "Beoordeling indienen");
await inspect(officer);
const home = "/werkplek/beoordelingen/GM0402/2026-2";
await officer.goto(base + home);
await press(officer, "Begin een concept");
await sees(officer, "Het concept is begonnen");
await officer.getByRole("link", { name: "Vul de criteria in" }).click();
await inspect(officer);
const form = officer.locator("#saveDraft-SV-01");
await form.getByLabel("Antwoord").selectOption("MET");
await form.getByLabel("Toelichting").fill("Bel jan.jansen@example.nl");
await form.getByRole("button").click();
await sees(officer, "Nog niet opgeslagen", "e-mailadres");
assert.equal(await officer.locator("#saveDraft-SV-01").getByLabel("Toelichting").inputValue(), "Bel jan.jansen@example.nl");
await officer.locator("#saveDraft-SV-01").getByLabel("Toelichting").fill("De functie is belegd.");
await officer.locator("#saveDraft-SV-01").getByRole("button").click();
await sees(officer, "Het antwoord is opgeslagen.");
console.log("ok signed in at the provider, and an answer saved after a mistake at its field");

await officer.goto(`${base}${home}/blad`);
await inspect(officer);
const sheet = (text) => ({ name: "blad.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
await officer.setInputFiles("input[type=file]", sheet("Criterium;Antwoord\nSV-05;ja\n"));
await press(officer, "Opslaan");
await sees(officer, "1 fout", "B2");
await officer.setInputFiles("input[type=file]", sheet("Criterium;Antwoord\nSV-03;Voldaan\n"));
await press(officer, "Proef");
await sees(officer, "er is niets opgeslagen", "SV-03");
const workbook = await officer.request.get(`${base}/werkplek/bladen/GM0402/2026-2.xlsx`);
assert.equal(workbook.status(), 200);
const xlsx = { name: "blad.xlsx", mimeType: "application/octet-stream", buffer: await workbook.body() };
await officer.setInputFiles("input[type=file]", xlsx);
await press(officer, "Opslaan");
await sees(officer, "Het antwoordblad is opgeslagen.");
console.log("ok a sheet with a mistake, one to look at, and a workbook as it came");

// By keyboard alone: from the first field to the button.
await sees(officer, "Het oordeel als u nu indient");
await officer.getByLabel("Functie die akkoord gaf").focus();
await officer.keyboard.type("Portefeuillehouder veiligheid");
await officer.keyboard.press("Tab");
await officer.getByLabel("Dag van het akkoord").fill(new Date(Date.now() - 86_400_000).toISOString().slice(0, 10));
await officer.getByLabel("Reden (niet verplicht)").first().focus();
await officer.keyboard.press("Tab");
await Promise.all([officer.waitForURL(/gedaan=submitAssessment/, { timeout: 10_000 }), officer.keyboard.press("Enter")]);
await sees(officer, "De beoordeling is ingediend.", "Versie 1", "Ontvangstbewijs");
await inspect(officer);
console.log("ok submitted, with a receipt");

const reviewer = await signedIn("vng");
await reviewer.goto(`${base}/werkplek/controle`);
await inspect(reviewer);
await reviewer.getByLabel("Hilversum, versie 1").check();
await press(reviewer, "In behandeling nemen");
await sees(reviewer, "bij u in behandeling");
await reviewer.getByRole("link", { name: "Bekijk" }).click();
await inspect(reviewer);
await reviewer.getByText("Een vraag stellen").click();
await reviewer.locator("#askQuestions").getByLabel("Vraag", { exact: true }).fill("Sinds wanneer?");
await press(reviewer, "Vraag stellen");
await sees(reviewer, "De vraag is gesteld.");
await officer.goto(base + home);
await officer.getByLabel("Uw antwoord").fill("Sinds 1 maart.");
await press(officer, "Antwoord versturen");
await sees(officer, "Uw antwoord: Sinds 1 maart.");
await reviewer.goto(`${base}/werkplek/controle`);
await reviewer.getByLabel("Hilversum, versie 1").check();
await press(reviewer, "Bevestigen");
await sees(reviewer, "Er wacht niets op controle.");
await officer.goto(base + home);
await sees(officer, "Door VNG bevestigd");
await officer.goto(`${base}/werkplek/beleid/GM0402`);
await sees(officer, "Stand nu:");
await inspect(officer);
await officer.goto(`${base}${home}/antwoorden/SV-01`);
await sees(officer, "Criterium 8 van 25", "SV-02");
await inspect(officer);
await officer.goto(`${base}${home}/versies/1`);
await sees(officer, "Versie 1 van Hilversum 2026-2", "De functie is belegd.");
await inspect(officer);
await officer.goto(`${base}${home}/afdruk`);
await sees(officer, "Ter vergelijking", "niets gepubliceerd");
await inspect(officer);
console.log("ok one criterion, a version and the print");

await officer.goto(`${base}/werkplek/functies/GM0402`);
await inspect(officer);
const act = officer.locator("#registerSourceDocument");
await act.getByLabel("Titel van het document").fill("Aanwijzingsbesluit");
await act.getByLabel("Datum van het document").fill("2026-03-01");
await act.getByRole("button").click();
await sees(officer, "Het document is vastgelegd");
const assigning = officer.locator("#assignFunction");
await assigning.getByLabel("Functie").selectOption("DESIGNATED_OFFICER");
await assigning.getByLabel("Organisatie of team").fill("Team Veiligheid");
await assigning.getByLabel("Wat het document zegt").fill("Het team is aangewezen.");
await assigning.getByLabel("Waar het staat").fill("besluit 1");
await assigning.getByRole("button").click();
await sees(officer, "Wie de functie vervult, is vastgelegd.", "Team Veiligheid; getraind: onbekend");
await inspect(officer);
await officer.goto(`${base}/werkplek/mandaten/GM0402`);
await sees(officer, "U hebt geen mandaat gegeven.");
await inspect(officer);
await officer.goto(`${base}/werkplek/postvak`);
await officer.getByLabel("Adres van het postvak").fill("mensenhandel@hilversum.nl");
await press(officer, "Postvak aanmelden");
await sees(officer, "Het postvak is aangemeld.", "mensenhandel@hilversum.nl");
await inspect(officer);
await officer.goto(`${base}/werkplek/consultaties`);
await sees(officer, "nog geen editie van het kader");
await inspect(officer);
console.log("ok a function recorded, and the mandates");
await press(officer, "Afmelden");
await sees(officer, "U bent afgemeld.");
await officer.goto(base + home);
assert.ok(officer.url().startsWith(`${base}/werkplek/aanmelden`), officer.url());
console.log("ok a question asked and answered, the assessment confirmed, signed out");

const registered = await fetch(`${base}/v1/graphql`, {
  method: "POST",
  headers: { "content-type": "application/json", authorization: `Bearer ${process.env.STM_TOKEN_VNG}` },
  body: JSON.stringify({
    query: `mutation { registerReportingRegion(input: { area: "VR14", from: "2026-01-01", idempotencyKey: "gooi" }) { errors { code } } }`,
  }),
});
assert.deepEqual((await registered.json()).data, { registerReportingRegion: { errors: [] } });
const gooi = await signedIn("gooi");
await sees(gooi, "Halfjaarrapportage indienen", "Gemeenten van de regio");
await inspect(gooi);
const region = `${base}/werkplek/regio/VR14`;
await gooi.goto(region);
await inspect(gooi);
const answering = gooi.locator("#submitRegionalAnswer");
await answering.getByLabel("Criterium").selectOption("VOORSTEL-1/SK-01");
await answering.getByLabel("Antwoord").selectOption("MET");
await answering.getByLabel("Geldt vanaf").fill(new Date().toISOString().slice(0, 10));
await answering.getByRole("button", { name: "Bekijk het effect" }).click();
await sees(gooi, "Vooruitblik: er is niets ingediend.", "Hilversum, periode 2026-2");
await gooi.locator("#submitRegionalAnswer").getByRole("button", { name: "Antwoord indienen" }).click();
await sees(gooi, "Het regionale antwoord is ingediend", "SK-01 Ketenregisseur: Voldaan");
await inspect(gooi);
await gooi.goto(`${region}/gemeenten`);
await sees(gooi, "Invullen voor Hilversum", "Op tijd ingediend");
await inspect(gooi);
await gooi.getByRole("link", { name: "Hilversum", exact: true }).click();
await sees(gooi, "Mandaat om in te dienen");
await inspect(gooi);
await gooi.goto(`${region}/beleid`);
await sees(gooi, "Beleid mensenhandel Gooi en Vechtstreek");
await inspect(gooi);
await gooi.goto(`${region}/tabel/2026-2`);
await inspect(gooi);
await gooi.goto(`${region}/functies`);
await sees(gooi, "Ingevuld voor 6");
await inspect(gooi);
await gooi.goto(`${region}/taken`);
await gooi.getByText("Een knelpunt vastleggen").click();
const raising = gooi.locator("#raiseRegionalBottleneck");
await raising.getByLabel("Knelpunt").fill("Er is geen opvang voor mannen.");
await raising.getByLabel("Sinds").fill("2026-08-01");
await raising.getByRole("button").click();
await sees(gooi, "Het knelpunt is vastgelegd.", "Knelpunt 1, sinds 1 augustus 2026");
await inspect(gooi);
await gooi.getByRole("link", { name: /^Halfjaar / }).first().click();
await inspect(gooi);
await press(gooi, "Rapportage indienen");
await sees(gooi, "De halfjaarrapportage is ingediend", "Versie 1");
await inspect(gooi);
console.log("ok a region looked ahead and answered, saw its members, and reported");

await change("VNG", "openEditionForComment", await proposed());
await gooi.goto(`${base}/werkplek/consultaties/VOORSTEL-2`);
const remarking = gooi.locator("#remarkOnCriterion-SV-03-VR14");
await remarking.getByLabel("Uw opmerking").fill("De meldroute is regionaal.");
await remarking.getByRole("button").click();
await sees(gooi, "Uw opmerking is bewaard.", "Opmerking van VR14");
await inspect(gooi);
console.log("ok a remark on a proposed edition");

const owner = { action: 45, partner: "comensha", role: "OWNER", from: "2026-01-01", text: "Aangewezen." };
await change("MINISTRY", "assignPartner", { ...owner, source: { document: "monitoring-2025", place: "7" } });
const partner = await signedIn("comensha");
await partner.getByRole("link", { name: "Mijn acties" }).click();
await inspect(partner);
await partner.getByRole("link", { name: /^45\. / }).click();
await inspect(partner);
await partner.getByText("Een resultaat toevoegen").click();
const reached = partner.locator("#recordResult");
await reached.getByLabel("Soort").selectOption("PRODUCT");
await reached.getByLabel("Nauwkeurigheid", { exact: true }).selectOption("NONE");
await reached.getByLabel("Wat is bereikt").fill("Een handreiking voor hulpverleners.");
await reached.getByLabel("Hetzelfde in het Engels").fill("A guide for care workers.");
await reached.getByRole("button").click();
await sees(partner, "Het resultaat is vastgelegd", "Een handreiking voor hulpverleners.", "Vastgelegd door CoMensha.");
await inspect(partner);
console.log("ok a partner told what its action reached");

await browser.close();
assert.deepEqual(complaints, []);
