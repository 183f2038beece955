// What every look at pages in headless Chromium shares: the browser (CHROMIUM names it), and complaints about what must not be.
import fs from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

export const base = process.env.SERVICE_URL;
const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const complaints = [];
export const complain = (what) => {
  if (!complaints.includes(what)) complaints.push(what);
};

export const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

// A page of its own context that complains of the console, of failures and of other hosts.
export const open = async (options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complain(`console ${message.type()}: ${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (error) => complain(`error in the page: ${error.message}`));
  page.on("requestfailed", (request) => {
    // A subscription is ended by leaving it.
    const error = request.failure()?.errorText;
    if (error !== "net::ERR_ABORTED") complain(`failed: ${request.url()} ${error}`);
  });
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (!["data:", "blob:"].includes(protocol) && origin !== base) complain(`another host: ${request.url()}`);
  });
  return page;
};

// axe-core does not decide on contrast where one thing may lie over another, as in a table that scrolls. Nothing of ours does, so
// what stands behind a text is the nearest background that is not transparent.
const contrast = (selector) => {
  const element = document.querySelector(selector);
  const light = (colour) => {
    const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
    const [r, g, b] = [red, green, blue].map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return { luminance: 0.2126 * r + 0.7152 * g + 0.0722 * b, alpha };
  };
  let behind = element;
  while (behind && light(getComputedStyle(behind).backgroundColor).alpha < 1) behind = behind.parentElement;
  const style = getComputedStyle(element);
  const paper = light(behind ? getComputedStyle(behind).backgroundColor : "rgb(255, 255, 255)").luminance;
  const ink = light(style.color).luminance;
  const isLarge = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
  return { ratio: (Math.max(paper, ink) + 0.05) / (Math.min(paper, ink) + 0.05), least: isLarge ? 3 : 4.5 };
};

// Every rule of WCAG 2.0 to 2.2, A and AA; what axe-core leaves undecided is decided here, or complained of. axe-core is run
// beside the page and not in it, so the page's own policy stays as it is.
export const accessible = async (page, what) => {
  await page.evaluate(axe);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];
  const { violations, incomplete } = await page.evaluate((values) => window.axe.run({ runOnly: { type: "tag", values } }), tags);
  for (const [kind, found] of [["violation", violations], ["incomplete", incomplete]]) {
    for (const { id, impact, nodes } of found) {
      for (const node of nodes) {
        if (kind === "incomplete" && id === "color-contrast") {
          const { ratio, least } = await page.evaluate(contrast, node.target.at(-1));
          if (ratio >= least) continue;
        }
        complain(`axe-core: ${what}: ${kind}: ${id} (${impact}): ${node.html.slice(0, 200)} ${node.any[0]?.message ?? ""}`);
      }
    }
  }
};

// Prints what was complained of and ends with it.
export const finish = async () => {
  await browser.close();
  for (const complaint of complaints) console.log(complaint);
  console.log(`${complaints.length} complaints`);
  process.exitCode = complaints.length > 0 ? 1 : 0;
};
