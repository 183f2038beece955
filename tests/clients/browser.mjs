// The explorer and every page of /docs in headless Chromium (CHROMIUM names it): the schema is shown, every example runs as
// the role that it is for, the console stays silent, no other host is asked, and axe-core finds nothing.
import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const base = process.env.STM_URL;
const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
// axe-core is run beside the page and not in it, so the page's own policy stays as it is.
const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
const page = await context.newPage();

const complaints = [];
page.on("console", (message) => {
  if (["error", "warning"].includes(message.type())) complaints.push(`console ${message.type()}: ${message.text()} ${message.location().url}`);
});
page.on("pageerror", (error) => complaints.push(`error in the page: ${error.message}`));
page.on("requestfailed", (request) => {
  // A subscription is ended by leaving it.
  const error = request.failure()?.errorText;
  if (error !== "net::ERR_ABORTED") complaints.push(`failed: ${request.url()} ${error}`);
});
page.on("request", (request) => {
  const { protocol, origin } = new URL(request.url());
  if (!["data:", "blob:"].includes(protocol) && origin !== base) complaints.push(`another host: ${request.url()}`);
});

const accessible = async (what) => {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  for (const { id, impact, nodes } of violations) {
    for (const node of nodes) complaints.push(`axe-core: ${what}: ${id} (${impact}): ${node.html.slice(0, 200)}`);
  }
};

// A page of each kind for people: on a wide and a narrow screen, light and dark, wide as the screen and no wider.
const kinds = ["/", "/plannen/2024/lijnen/4", "/plannen/2024/acties/32", "/doelen", "/begroting", "/partners", "/regios", "/regios/VR14"];
kinds.push("/gemeenten/GM0402", "/kader", "/publicaties", "/kwaliteit");
for (const width of [1280, 390]) {
  await page.setViewportSize({ width, height: 900 });
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    for (const path of kinds.flatMap((kind) => [kind, kind === "/" ? "/en" : `/en${kind}`])) {
      const response = await page.goto(base + path);
      assert.equal(response.status(), 200, path);
      const what = `${path} at ${width} px, ${colorScheme}`;
      await accessible(what);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) complaints.push(`${what} is ${wide} px wide`);
    }
  }
}
console.log(`ok ${kinds.length} kinds of pages in two languages, at 1280 and 390 px, light and dark`);
await page.emulateMedia({ colorScheme: null });
await page.setViewportSize({ width: 1280, height: 900 });

// Every page that the guide links to.
const seen = new Set();
const waiting = ["/docs", "/docs/en"];
while (waiting.length > 0) {
  const path = waiting.pop();
  if (seen.has(path)) continue;
  seen.add(path);
  const response = await page.goto(base + path);
  assert.equal(response.status(), 200, path);
  await accessible(path);
  const links = await page.$$eval("a[href]", (anchors) => anchors.map((anchor) => new URL(anchor.getAttribute("href"), anchor.baseURI).href.split("#")[0]));
  for (const link of links) {
    if (link.startsWith(`${base}/docs`) && !link.endsWith(".json")) waiting.push(link.slice(base.length));
  }
}
console.log(`ok ${seen.size} pages, by their links: ${[...seen].sort().join(" ")}`);

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

await browser.close();
for (const complaint of complaints) console.log(complaint);
console.log(`console, other hosts, axe-core: ${complaints.length} complaints`);
process.exitCode = complaints.length > 0 ? 1 : 0;
