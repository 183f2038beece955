// Somebody at the workplace, in headless Chromium without scripts on a screen of 390 px. Every page that is shown is looked at: by
// axe-core, light and dark, and whether it is wider than the screen.
import assert from "node:assert/strict";

import { accessible, base, browser, complain } from "../look/context.mjs";

const SCREEN = { width: 390, height: 844 };
// Pages that are visited of those that are alike.
const OF_A_KIND = 2;
const looked = new Set();

// The very page that somebody sees, also the answer to a form, in a browser with scripts, so that axe-core can look at it.
const twin = await (await browser.newContext({ viewport: SCREEN })).newPage();

const look = async (page) => {
  const html = await page.content();
  // The same page with another key, or of a later session, is the same page.
  const shown = page.url() + html.replace(/ value="[^"]*"|aangemeld tot [^<]*/g, "");
  if (looked.has(shown)) return;
  looked.add(shown);
  const { origin, pathname, search } = new URL(page.url());
  const [address, what] = [origin + pathname + search, pathname];
  await twin.route(address, (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: html }));
  for (const colorScheme of ["light", "dark"]) {
    await twin.emulateMedia({ colorScheme });
    await twin.goto(address);
    await accessible(twin, `${what} (${colorScheme})`);
  }
  const wide = await twin.evaluate(() => document.documentElement.scrollWidth);
  if (wide > SCREEN.width) complain(`${what} is ${wide} px wide`);
  await twin.unroute(address);
};

// How many pages were looked at.
export const seen = () => looked.size;

export class Person {
  static async withBrowser() {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: SCREEN, locale: "nl-NL" });
    return new Person(await context.newPage());
  }

  // Signs in at the provider by a name.
  static async signedIn(name) {
    const person = await Person.withBrowser();
    const { page } = person;
    await person.visit("/werkplek");
    await person.follow("Aanmelden bij uw organisatie");
    await page.fill("input[name=login]", name);
    await page.fill("input[name=password]", "x");
    await page.click("button[type=submit]");
    // What the provider asks once more: whether this service may know it.
    await page.click("button[type=submit]");
    await person.arrived("/werkplek");
    return person;
  }

  constructor(page) {
    this.page = page;
  }

  // After signing in: on the page, with one cookie that no script and no other site reads.
  async arrived(path) {
    await this.page.waitForURL(base + path);
    // The provider stands on the same host, and cookies know no ports.
    const all = await this.page.context().cookies(base);
    const own = all.filter(({ name }) => !/^_(session|interaction|grant)/.test(name));
    assert.deepEqual(
      own.map(({ name, httpOnly, secure, sameSite }) => [name, httpOnly, secure, sameSite]),
      [["__Host-stm-werkplek", true, true, "Lax"]],
    );
    await this.look();
  }

  async look() {
    if (this.page.url().startsWith(base)) await look(this.page);
  }

  async visit(path) {
    const response = await this.page.goto(base + path);
    await this.look();
    return response.status();
  }

  // Follows a link by what stands on it.
  async follow(name, where = this.page) {
    await this.leadsOn(where.getByRole("link", { name, exact: true }).first().click());
  }

  // Presses a button by what stands on it.
  async press(name, where = this.page) {
    await this.leadsOn(where.getByRole("button", { name, exact: true }).first().click());
  }

  // Does what leads on to another page, and looks at that.
  async leadsOn(doing) {
    await Promise.all([this.page.waitForNavigation(), doing]);
    await this.look();
  }

  form(id) {
    return this.page.locator(`[id="${id}"]`);
  }

  text() {
    return this.page.textContent("main").then((text) => text.replace(/\s+/g, " "));
  }

  async sees(...texts) {
    const shown = await this.text();
    for (const text of texts) assert.ok(shown.includes(text), `${this.page.url()}: ${text}\n${shown.slice(0, 3000)}`);
  }

  async doesNotSee(...texts) {
    const shown = await this.text();
    for (const text of texts) assert.ok(!shown.includes(text), `${this.page.url()}: ${text}\n${shown.slice(0, 3000)}`);
  }

  // Every page that the workplace offers, by its links; of those that differ by a code or a number alone, two.
  async visitEveryPage() {
    const waiting = ["/werkplek"];
    const visited = new Set();
    const kinds = new Map();
    while (waiting.length > 0) {
      const path = waiting.shift();
      const kind = path.replace(/[A-Z]{2}-?\d+|\d[\d-]*/g, "*").replace(/=[^&]*/g, "=*");
      const count = kinds.get(kind) ?? 0;
      if (visited.has(path) || count === OF_A_KIND) continue;
      visited.add(path);
      kinds.set(kind, count + 1);
      // What is fetched as a file has an ending.
      if (/\.\w+$/.test(path.split("?")[0])) {
        const file = await this.page.request.get(base + path);
        assert.equal(file.status(), 200, path);
        continue;
      }
      assert.equal(await this.visit(path), 200, path);
      const links = await this.page.locator("main a[href]").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
      waiting.push(...links.map((link) => link.split("#")[0]).filter((link) => link.startsWith("/werkplek")));
    }
    return visited;
  }
}
