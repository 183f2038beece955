// The ministry: prepares the picture of a period that has ended, looks at it and publishes it; everybody reads it on a public page.
import assert from "node:assert/strict";

import { base } from "../look/context.mjs";
import { Person } from "./person.mjs";

const PUBLICATION = "compliance-2026-2-1";
const PUBLIC = `/publicaties/${PUBLICATION}`;

export const publishes = async () => {
  const reader = await Person.withBrowser();
  assert.equal((await reader.page.goto(base + PUBLIC)).status(), 404);
  await reader.page.goto(`${base}/publicaties`);
  await reader.sees("Er is nog niets gepubliceerd.");
  const ministry = await Person.signedIn("ministerie");
  await ministry.follow("Publicaties");
  const preparing = ministry.form("preparePublication");
  await preparing.getByLabel("Soort").selectOption("COMPLIANCE_PICTURE");
  await preparing.getByLabel("Waarover").fill("2026-2");
  await preparing.getByLabel("Detail").selectOption("COUNTRY");
  await ministry.press("Voorbereiden", preparing);
  await ministry.sees("De publicatie is voorbereid.");
  // Until it is published nobody else reads it.
  assert.equal((await reader.page.goto(base + PUBLIC)).status(), 404);
  await ministry.visitEveryPage();
  await ministry.visit("/werkplek/publicaties");
  await ministry.press("Publiceren", ministry.form(`publish-${PUBLICATION}`));
  await ministry.sees("De publicatie is openbaar");
  assert.equal((await reader.page.goto(base + PUBLIC)).status(), 200);
  // Of twenty that VNG confirmed, twelve have an officer for this and eight do not.
  await reader.page.goto(`${base}${PUBLIC}/overzicht`);
  const row = reader.page.locator("tr", { hasText: "Aandachtsfunctionaris aangewezen" });
  const [, ...values] = await row.locator("th, td").allTextContents();
  const counts = values.join(" ").match(/\d+/g).filter((count) => count !== "0");
  assert.deepEqual(counts, ["12", "8"]);
  // A browser keeps the list for a while, so somebody else reads it.
  const other = await Person.withBrowser();
  await other.page.goto(`${base}/publicaties`);
  await other.sees("periode 2026-2, landelijk");
};
