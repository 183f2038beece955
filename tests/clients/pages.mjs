// Every page for people, by its links: HTML without a mistake and no link that leads nowhere. Then a page of each kind in
// headless Chromium: wide and narrow, light and dark, with JavaScript and without; by keyboard; twice as large; printed; and
// five of them beside the pictures in look/screens. SCREENS=write writes these anew.
import assert from "node:assert/strict";
import fs from "node:fs";
import { join } from "node:path";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

import { accessible, base, complain, finish, open } from "./look/context.mjs";
import { shape, walk } from "./look/site.mjs";

// What the annex to the letter prints.
const ANNEX_ROWS = 43;

// Five pages as they were looked at, before anything is published. Letters differ a little from machine to machine; a page that is laid out otherwise differs much.
const folder = join(import.meta.dirname, "look", "screens");
const SCREENS = { home: "/", line: "/plannen/2024/lijnen/4", action: "/plannen/2024/acties/32", region: "/regios/VR14", glossary: "/docs/begrippen" };
const shown = await open({ viewport: { width: 800, height: 1000 }, colorScheme: "light" });
for (const [name, path] of Object.entries(SCREENS)) {
  await shown.goto(base + path);
  const taken = await shown.screenshot();
  const file = join(folder, `${name}.png`);
  if (process.env.SCREENS === "write") {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(file, taken);
  }
  if (!fs.existsSync(file)) {
    complain(`${file} is not there: SCREENS=write writes it`);
    continue;
  }
  const [one, other] = [PNG.sync.read(fs.readFileSync(file)), PNG.sync.read(taken)];
  const { width, height } = one;
  assert.deepEqual([other.width, other.height], [width, height], name);
  const share = pixelmatch(one.data, other.data, null, width, height, { threshold: 0.3 }) / (width * height);
  if (share > 0.04) complain(`${path} looks otherwise than ${name}.png: ${(100 * share).toFixed(1)} % of it`);
}
console.log(`ok ${Object.keys(SCREENS).length} pages look as they were looked at`);

// An overview and a budget are published, so that their pages, files and frozen pictures are there too; without a token of the ministry
// pages are looked at as they are.
const change = async (name, input) => {
  const response = await fetch(`${base}/v1/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${process.env.STM_TOKEN_MINISTRY}` },
    body: JSON.stringify({
      query: `mutation ($input: ${name[0].toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { errors { code } publication { key } } }`,
      variables: { input },
    }),
  });
  const answer = await response.json();
  assert.deepEqual(answer.data?.[name].errors, [], JSON.stringify(answer));
  return answer.data[name].publication.key;
};
if (process.env.STM_TOKEN_MINISTRY) {
  for (const [kind, about] of [["MONITORING_OVERVIEW", "2025-1"], ["BUDGET", "2024"]]) {
    const publication = await change("preparePublication", { kind, about, level: "COUNTRY", idempotencyKey: `prepare ${kind}` });
    await change("publish", { publication, idempotencyKey: `publish ${kind}` });
  }
}

const { pages, addresses } = await walk(["/", "/en", "/docs", "/docs/en"]);
console.log(`ok ${pages.length} pages and ${addresses} addresses by their links, each page by html-validate`);

// One page of each kind: of goals, actions and municipalities those that are looked at elsewhere too.
const liked = ["/plannen/2024/lijnen/4", "/plannen/2024/acties/32", "/regios/VR14", "/gemeenten/GM0402"];
const kinds = new Map();
for (const path of [...liked, ...liked.map((path) => `/en${path}`), ...pages]) {
  const kind = shape(path);
  // Of the guides the first of each language is like the others, and the glossary, which has a form.
  const isGuide = kind.startsWith("/docs/") && !/(begrippen|glossary|tabellen|errors|mandaat)/.test(kind);
  if (pages.includes(path) && !kinds.has(kind) && !isGuide) kinds.set(kind, path);
}

const wide = (page) => page.evaluate(() => document.documentElement.scrollWidth);
for (const javaScriptEnabled of [true, false]) {
  for (const width of [1280, 390]) {
    for (const colorScheme of ["light", "dark"]) {
      const page = await open({ viewport: { width, height: 900 }, colorScheme, javaScriptEnabled });
      for (const path of kinds.values()) {
        const response = await page.goto(base + path);
        const what = `${path} at ${width} px, ${colorScheme}${javaScriptEnabled ? "" : ", without JavaScript"}`;
        assert.equal(response.status(), 200, what);
        if (javaScriptEnabled) await accessible(page, what);
        else if (!(await page.locator("main h1").isVisible())) complain(`${what} shows nothing`);
        const found = javaScriptEnabled ? await wide(page) : width;
        if (found > width) complain(`${what} is ${found} px wide`);
      }
      await page.context().close();
    }
  }
}
console.log(`ok ${kinds.size} kinds of pages, at 1280 and 390 px, light and dark, with JavaScript and without: ${[...kinds.keys()].join(" ")}`);

// The bar of a demo, which this service is not, can be read.
for (const colorScheme of ["light", "dark"]) {
  const page = await open({ colorScheme });
  await page.goto(base);
  await page.evaluate(() => {
    const bar = '<p class="stm-demo" role="note"><strong>DEMO</strong>: alles over gemeenten is hier verzonnen.</p>';
    document.querySelector(".stm-header").insertAdjacentHTML("afterbegin", bar);
  });
  await accessible(page, `the bar of a demo, ${colorScheme}`);
  await page.context().close();
}
console.log("ok the bar of a demo can be read");

// By keyboard: from link to link until the page ends, each with a focus that is seen, none left out.
const focused = () => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  element.dataset.reached = "yes";
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  // A link that goes on in the next line has a box for each.
  const [first = box] = element.getClientRects();
  const at = document.elementFromPoint(first.left + Math.min(first.width / 2, 5), first.top + Math.min(first.height / 2, 5));
  return {
    name: element.outerHTML.slice(0, 120),
    isSeen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 && box.width > 0 && box.height > 0,
    isCovered: Boolean(at) && !element.contains(at) && !at.contains(element),
  };
};
const missed = () =>
  [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
    .filter((element) => element.tabIndex >= 0 && element.checkVisibility({ checkVisibilityCSS: true }) && !element.dataset.reached)
    .map((element) => element.outerHTML.slice(0, 120));
const walker = await open();
for (const path of kinds.values()) {
  await walker.goto(base + path);
  const all = await walker.evaluate(missed);
  for (let step = 0; step <= all.length + 5; step += 1) {
    await walker.keyboard.press("Tab");
    const here = await walker.evaluate(focused);
    if (!here) break;
    if (!here.isSeen) complain(`keyboard: ${path}: no focus is seen on ${here.name}`);
    if (here.isCovered) complain(`keyboard: ${path}: something covers ${here.name}`);
  }
  for (const element of await walker.evaluate(missed)) complain(`keyboard: ${path}: never reached: ${element}`);
}
console.log("ok the keyboard reaches everything, and its focus is seen");

// Twice as large: half as many pixels of CSS on the same screen. Nothing is cut off, and only tables scroll sideways.
const cut = () =>
  [...document.querySelectorAll("main *, header *, footer *")]
    .filter((element) => !element.closest(".stm-scroll, pre, svg") && element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX === "hidden")
    .map((element) => element.outerHTML.slice(0, 120));
const zoomed = await open({ viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 });
for (const path of kinds.values()) {
  await zoomed.goto(base + path);
  if ((await wide(zoomed)) > 640) complain(`${path} at 200 % is wider than the screen`);
  for (const element of await zoomed.evaluate(cut)) complain(`${path} at 200 %: cut off: ${element}`);
}
console.log("ok at 200 % nothing is lost");

// The annex, found by its link, printed: all its rows, on pages of A4.
const annexes = pages.filter((path) => /\/overzicht$/.test(path) && !path.startsWith("/en") && !path.includes("/budget-"));
if (annexes.length === 0) complain("no page links to the overview as an annex");
for (const path of annexes) {
  await walker.goto(base + path);
  const file = await walker.pdf({ preferCSSPageSize: true, printBackground: true });
  const pdf = await getDocument({ data: new Uint8Array(file), verbosity: 0 }).promise;
  let text = "";
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const sheet = await pdf.getPage(number);
    const [, , width, height] = sheet.view;
    const sides = [width, height].map(Math.round).sort((one, other) => one - other);
    if (Math.abs(sides[0] - 595) > 2 || Math.abs(sides[1] - 842) > 2) complain(`${path}: sheet ${number} is ${sides.join(" × ")} points, which is no A4`);
    const { items } = await sheet.getTextContent();
    text += ` ${items.map((item) => item.str).join(" ")}`;
  }
  const printed = text.replace(/[\s-]+/g, "");
  // What the page shows as rows of actions stands in the print too.
  const actions = await walker.$$eval(".stm-actions tbody th", (found) => found.map((cell) => cell.innerText));
  if (actions.length !== ANNEX_ROWS) complain(`${path}: ${actions.length} rows of actions, not ${ANNEX_ROWS}`);
  for (const title of actions) {
    if (!printed.includes(title.replace(/[\s-]+/g, "").slice(0, 30))) complain(`${path}: not printed: ${title}`);
  }
  console.log(`ok ${path} printed: ${actions.length} rows on ${pdf.numPages} sheets`);
}

await finish();
