// Makes share.png, the picture that shows where a page is shared: the name of the site over a bar in the colours of the statuses.
// It tells no number, so it does not age. Needs Chromium (CHROMIUM names it) and the packages of tests/clients.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const here = import.meta.dirname;
const require = createRequire(join(here, "../../../tests/clients/browser.mjs"));
const { chromium } = require("playwright-core");
const own = readFileSync(join(here, "own.css"), "utf8");
const colour = (name) => own.match(new RegExp(`--stm-${name}: (#[0-9a-f]{6})`))[1];

const bars = [
  ["completed", 0.18, ""],
  ["in-progress", 0.4, "M0 20 L20 0"],
  ["delayed", 0.18, "M0 0 L20 20 M0 20 L20 0"],
  ["ongoing", 0.12, "M0 10 H20"],
  ["not-started", 0.12, "M10 0 V20"],
];
let left = 80;
const rectangles = bars.map(([name, share, path]) => {
  const width = share * 1040;
  const place = `x="${left}" y="420" width="${width}" height="90"`;
  left += width;
  const pattern = path && `<pattern id="${name}" width="20" height="20" patternUnits="userSpaceOnUse"><path d="${path}" stroke="#fff" stroke-opacity=".35" stroke-width="3"/></pattern><rect ${place} fill="url(#${name})"/>`;
  return `<rect ${place} fill="${colour(name)}" stroke="#fff"/>${pattern}`;
});
const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630" font-family="Liberation Sans, Arial, sans-serif">
<rect width="1200" height="630" fill="#fff"/><rect width="1200" height="330" fill="${colour("completed")}"/>
<text x="80" y="170" font-size="76" font-weight="700" fill="#fff">Samen tegen mensenhandel</text>
<text x="80" y="255" font-size="44" fill="#fff">Monitor van het actieplan · Monitor of the action plan</text>
${rectangles.join("")}</svg>`;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1200, height: 630 } });
await page.setContent(`<body style="margin:0">${svg}</body>`);
await page.screenshot({ path: join(here, "share.png") });
await browser.close();
