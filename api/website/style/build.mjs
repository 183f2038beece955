// Makes site.css and LICENSES.txt: the components that the pages use, the tokens that those components name, own.css, and last
// theme.css, which has the house style.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const here = import.meta.dirname;
const { dependencies } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
const folder = (name) => join(here, "node_modules", name);
const components = Object.keys(dependencies).filter((name) => name.startsWith("@utrecht/"));
const tokens = "@nl-design-system-unstable/voorbeeld-design-tokens";

const named = (css) => [...css.matchAll(/var\(\s*(--[\w-]+)/g)].map(([, name]) => name);
const small = (css) => css.replace(/\/\*[^]*?\*\//g, "").replace(/\s+/g, " ").replace(/ ?([{};:,>]) ?/g, "$1").replace(/;}/g, "}").trim();

const [own, theme] = ["own.css", "theme.css"].map((name) => readFileSync(join(here, name), "utf8"));
const rules = components.map((name) => readFileSync(join(folder(name), "dist", "index.css"), "utf8"));
const values = new Map();
for (const [, name, value] of readFileSync(join(folder(tokens), "dist", "variables.css"), "utf8").matchAll(/(--[\w-]+):\s*([^;]+);/g)) {
  values.set(name, value.trim());
}

// A token may name another, so all that are reached are taken along.
const reached = new Map();
const waiting = named([...rules, own].join("\n"));
while (waiting.length > 0) {
  const name = waiting.pop();
  if (reached.has(name) || !values.has(name)) continue;
  reached.set(name, values.get(name));
  waiting.push(...named(values.get(name)));
}
const root = [...reached].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `${name}:${value}`);

const css = `:root{${root.join(";")}}\n${rules.map(small).join("\n")}\n${small(own)}\n${small(theme)}\n`;
writeFileSync(join(here, "site.css"), css);

const licence = readFileSync(join(folder(components[0]), "LICENSE.md"), "utf8");
const list = Object.entries(dependencies).map(([name, version]) => `${name} ${version}`);
writeFileSync(join(here, "LICENSES.txt"), `The stylesheet of the pages is made of these packages of NL Design System, all under EUPL-1.2:\n\n${list.join("\n")}\n\n${licence}`);
console.log(`${css.length} bytes, ${reached.size} tokens`);
