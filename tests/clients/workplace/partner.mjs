// A partner of the plan: tells what its action reached.
import { change, token } from "./api.mjs";
import { Person } from "./person.mjs";

export const tellsWhatWasReached = async () => {
  await change(token("ministry"), "assignPartner", {
    action: 45,
    partner: "comensha",
    role: "OWNER",
    from: "2026-01-01",
    text: "Aangewezen.",
    source: { document: "monitoring-2025", place: "7" },
    idempotencyKey: "owner",
  });
  const partner = await Person.signedIn("comensha");
  await partner.follow("Mijn acties");
  await partner.leadsOn(partner.page.getByRole("link", { name: /^45\. / }).click());
  await partner.page.getByText("Een resultaat toevoegen").click();
  const reached = partner.form("recordResult");
  await reached.getByLabel("Soort").selectOption("PRODUCT");
  await reached.getByLabel("Nauwkeurigheid", { exact: true }).selectOption("NONE");
  await reached.getByLabel("Wat is bereikt").fill("Een handreiking voor hulpverleners.");
  await reached.getByLabel("Hetzelfde in het Engels").fill("A guide for care workers.");
  await partner.leadsOn(reached.getByRole("button").click());
  await partner.sees("Het resultaat is vastgelegd", "Een handreiking voor hulpverleners.", "Vastgelegd door CoMensha.");
  await partner.visitEveryPage();
};
