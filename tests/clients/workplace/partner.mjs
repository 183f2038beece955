// A partner records what its action reached.
import { change, tokenOf } from "./others.mjs";
import { Person } from "./person.mjs";

export const recordsResult = async () => {
  const owner = { action: 45, partner: "comensha", role: "OWNER", from: "2026-01-01", text: "Aangewezen.", idempotencyKey: "owner" };
  await change(tokenOf("--role", "ministry"), "assignPartner", { ...owner, source: { document: "monitoring-2025", place: "7" } });
  const partner = await Person.signedIn("comensha");
  await partner.follow("Mijn acties");
  await partner.page.getByRole("link", { name: /^45\. / }).click();
  await partner.page.getByText("Een resultaat toevoegen").click();
  const reached = partner.form("recordResult");
  await reached.getByLabel("Soort").selectOption("PRODUCT");
  await reached.getByLabel("Nauwkeurigheid", { exact: true }).selectOption("NONE");
  await reached.getByLabel("Wat is bereikt").fill("Een handreiking voor hulpverleners.");
  await reached.getByLabel("Hetzelfde in het Engels").fill("A guide for care workers.");
  await reached.getByRole("button").click();
  await partner.sees("Het resultaat is vastgelegd", "Een handreiking voor hulpverleners.", "Vastgelegd door CoMensha.");
  await partner.visitEveryPage();
};
