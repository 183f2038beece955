// The explorer in headless Chromium (CHROMIUM names it): the schema is shown, every example runs as the role that it is for, the
// keyboard leaves every editor and reaches every button, it fits a narrow screen, the console stays silent, no other host is
// asked, and axe-core finds nothing and leaves nothing undecided. Pages for people are looked at by pages.mjs.
import assert from "node:assert/strict";

import { accessible as examined, base, complain, finish, open } from "./look/context.mjs";

const page = await open({ viewport: { width: 1400, height: 900 } });
const accessible = (what) => examined(page, what);

// The explorer.
await page.goto(`${base}/explorer`);
const editor = page.locator(".graphiql-query-editor .CodeMirror").first();
await editor.waitFor();
await accessible("/explorer");

await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
const documentation = page.locator(".graphiql-doc-explorer");
await documentation.getByText("Query", { exact: true }).first().click();
await documentation.getByText("dashboard", { exact: true }).first().waitFor();
const fields = await documentation.locator(".graphiql-doc-explorer-item").count();
const introspected = await (await fetch(`${base}/v1/graphql?query=${encodeURIComponent("{ __type(name: \"Query\") { fields { name } } }")}`)).json();
assert.equal(fields, introspected.data.__type.fields.length, "fields of Query");
await accessible("/explorer with the schema");
console.log(`ok the schema is shown: ${fields} fields of Query`);
await page.getByRole("button", { name: "Hide Documentation Explorer" }).click();

const examples = await (await fetch(`${base}/docs/examples.json`)).json();
const tokens = { PUBLIC: "" };
for (const role of ["MUNICIPALITY", "REGION", "PARTNER", "VNG", "MINISTRY"]) tokens[role] = process.env[`STM_TOKEN_${role}`];
const answerOf = () =>
  page.evaluate(() => document.querySelector(".graphiql-response .CodeMirror")?.CodeMirror.getValue() ?? "");
const run = async (what) => {
  await page.evaluate(() => document.querySelector(".graphiql-response .CodeMirror").CodeMirror.setValue(""));
  await page.getByRole("button", { name: /Execute query/ }).click();
  const stop = page.getByRole("button", { name: /Stop query/ });
  const began = Date.now();
  let text = "";
  while (!text.includes("\n}")) {
    assert.ok(Date.now() - began < 20_000, `${what}: no answer`);
    await page.waitForTimeout(50);
    text = await answerOf();
  }
  if (await stop.isVisible()) await stop.click();
  const answer = JSON.parse(text);
  assert.equal(answer.errors, undefined, `${what}: ${text.slice(0, 400)}`);
  return answer.data;
};
const ran = {};
for (const [index, example] of examples.entries()) {
  await page.getByLabel("Voorbeeld").selectOption(String(index));
  await page.getByLabel("Token").fill(tokens[example.role]);
  // GraphiQL reads the name of the operation a moment after the text changed.
  await page.waitForTimeout(500);
  await run(`${example.name} as ${example.role}`);
  ran[example.role] = (ran[example.role] ?? 0) + 1;
}
for (const [role, token] of Object.entries(tokens)) {
  await page.getByLabel("Token").fill(token);
  await page.getByLabel("Voorbeeld").selectOption(String(examples.findIndex(({ name }) => name === "who-am-i")));
  await page.waitForTimeout(500);
  const { viewer } = await run(`who-am-i as ${role}`);
  assert.equal(viewer.role, role);
}
await accessible("/explorer with an answer");
console.log(`ok every example runs as its role: ${JSON.stringify(ran)}; the token of each role is taken`);

await page.getByRole("button", { name: "Kopieer als curl" }).click();
await page.getByText(/^Gekopieerd/).waitFor();
const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
assert.ok(!Object.values(tokens).some((token) => token && kept.includes(token)), "a token outlives the tab");
console.log("ok copied as curl; no token outlives the tab");

// By keyboard: the tab key goes from the bar through every editor and every button behind, and back.
const reached = async (key) => {
  const names = [];
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press(key);
    const name = await page.evaluate(() => {
      const element = document.activeElement;
      const box = element.getBoundingClientRect();
      const isSeen = box.width > 0 && box.height > 0 && getComputedStyle(element).visibility === "visible";
      const name = element.getAttribute("aria-label") ?? (element.textContent.trim().slice(0, 30) || element.localName);
      return element === document.body ? "" : `${isSeen ? "" : "unseen "}${name}`;
    });
    if (name === "") break;
    names.push(name);
  }
  return names;
};
for (const [path, editors] of [["/explorer", ["Vraag", "Antwoord"]], ["/explorer?language=en", ["Query", "Answer"]]]) {
  await page.goto(base + path);
  await editor.waitFor();
  await accessible(path);
  const forwards = await reached("Tab");
  const backwards = await reached("Shift+Tab");
  for (const name of [...editors, "Execute query (Ctrl-Enter)", "Variables"]) {
    for (const [way, names] of [["forwards", forwards], ["backwards", backwards]]) {
      if (!names.includes(name)) complain(`keyboard: ${path}: ${name} is never reached ${way}: ${names.join(", ")}`);
    }
  }
  for (const name of forwards.filter((one) => one.startsWith("unseen "))) complain(`keyboard: ${path}: the focus is on what is not seen: ${name}`);
  if (forwards.length >= 60) complain(`keyboard: ${path}: no key leaves the page`);
}
console.log("ok the keyboard goes through the explorer and leaves it");

for (const width of [320, 390]) {
  await page.setViewportSize({ width, height: 800 });
  await page.goto(`${base}/explorer`);
  await editor.waitFor();
  await accessible(`/explorer at ${width} px`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  if (wide > width) complain(`/explorer at ${width} px is ${wide} px wide`);
  await page.getByRole("button", { name: /Execute query/ }).click();
  await page.waitForFunction(() => document.querySelector(".graphiql-response .CodeMirror").CodeMirror.getValue().includes("\n}"));
}
console.log("ok the explorer fits 320 px, and answers there");

await finish();
