// An officer of Huizen who works by keyboard alone, from the page to sign in at to the receipt: Tab, Enter, Space, arrows and letters.
// What has the focus is seen to have it, at each step.
import assert from "node:assert/strict";
import fs from "node:fs";

import { base, complain } from "../look/context.mjs";
import { Person } from "./person.mjs";

// More than any page has stops.
const LONGEST = 1500;

// What has the focus: what it is called by, and whether that is to be seen.
const focused = () => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const style = getComputedStyle(element);
  const label = element.labels?.[0]?.firstChild?.textContent;
  return {
    name: (label ?? element.getAttribute("aria-label") ?? element.textContent).replace(/\s+/g, " ").trim(),
    kind: element.localName,
    form: element.form?.id ?? "",
    isSeen: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none",
    html: element.outerHTML.slice(0, 120),
  };
};

class Typist {
  constructor(person) {
    this.person = person;
    this.page = person.page;
    this.stops = 0;
  }

  // Goes on with Tab to what is called so.
  async goTo(name, form = "") {
    for (let at = 0; at < LONGEST; at += 1) {
      await this.page.keyboard.press("Tab");
      this.stops += 1;
      const found = await this.page.evaluate(focused);
      if (!found) continue;
      if (this.page.url().startsWith(base) && !found.isSeen) complain(`the focus is not seen: ${found.html}`);
      if (found.name === name && found.form.startsWith(form)) return;
    }
    assert.fail(`${this.page.url()}: nobody comes to ${name} by Tab`);
  }

  // Presses what has the focus, which leads on to another page.
  async press() {
    await this.person.leadsOn(this.page.keyboard.press("Enter"));
  }

  async goToAndPress(name, form) {
    await this.goTo(name, form);
    await this.press();
  }

  async type(text) {
    await this.page.keyboard.type(text);
  }

  // Chooses with the arrow, as far as the list goes.
  async choose(value) {
    const chosen = () => this.page.evaluate(() => document.activeElement.value);
    for (let at = 0; at < 10 && (await chosen()) !== value; at += 1) await this.page.keyboard.press("ArrowDown");
    assert.equal(await chosen(), value);
  }

  // Types a day: browsers order its parts by their own language.
  async typeDay(day) {
    const [year, month, date] = day.split("-");
    for (const parts of [date + month + year, month + date + year]) {
      await this.type(parts);
      const typed = await this.page.evaluate(() => document.activeElement.value);
      if (typed === day) return;
      for (let at = 0; at < 3; at += 1) await this.page.keyboard.press("ArrowLeft");
    }
    assert.fail(`${day} cannot be typed`);
  }
}

const signsIn = async (typist) => {
  await typist.person.visit("/werkplek");
  await typist.goToAndPress("Aanmelden bij uw organisatie");
  // The pages of the provider: a name, a word, a button, and the button that lets this service know.
  await typist.page.focus("input[name=login]");
  await typist.type("GM0406");
  await typist.page.keyboard.press("Tab");
  await typist.type("x");
  await typist.page.keyboard.press("Enter");
  await typist.page.waitForSelector("button:has-text('Continue')");
  await typist.goToAndPress("Continue");
  await typist.person.arrived("/werkplek");
};

export const worksByKeyboard = async () => {
  const typist = new Typist(await Person.withBrowser());
  const { page, person } = typist;
  await signsIn(typist);
  await typist.goToAndPress("Beoordeling indienen");
  await typist.goToAndPress("Begin een concept");
  await person.sees("Het concept is begonnen");
  await typist.goToAndPress("Vul de criteria in");
  // A mistake first: the summary has the focus, and leads to the field.
  await typist.goToAndPress("Antwoord opslaan", "saveDraft-SV-01");
  await person.sees("Nog niet opgeslagen", "Vul in: antwoord.");
  await typist.goTo("Vul in: antwoord.");
  await page.keyboard.press("Enter");
  await typist.goTo("Antwoord", "saveDraft-SV-01");
  await typist.choose("MET");
  await typist.goTo("Toelichting (niet verplicht)", "saveDraft-SV-01");
  await typist.type("De functie is belegd.");
  await typist.goToAndPress("Antwoord opslaan", "saveDraft-SV-01");
  await person.sees("Het antwoord is opgeslagen.");
  await typist.goToAndPress("Terug naar de beoordeling");
  await typist.goTo("Functie die akkoord gaf", "submitAssessment");
  await typist.type("Gemeentesecretaris");
  await typist.goTo("Dag van het akkoord", "submitAssessment");
  await typist.typeDay(new Date(Date.now() - 86_400_000).toISOString().slice(0, 10));
  await typist.goToAndPress("Indienen", "submitAssessment");
  await person.sees("De beoordeling is ingediend.", "Versie 1");
  await typist.goTo("Ontvangstbewijs");
  await page.keyboard.press("Space");
  await typist.goTo("Bewaar het als bestand");
  const [file] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  assert.equal(file.suggestedFilename(), "receipt-GM0406-2026-2-1.json");
  assert.ok(JSON.parse(fs.readFileSync(await file.path(), "utf8")));
  return typist.stops;
};
