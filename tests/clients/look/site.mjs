// Every page of the site by its links: each address answers, each fragment is there, and each page is HTML without a mistake.
import { HtmlValidate } from "html-validate";

import { base, complain } from "./context.mjs";

// `html-validate` with what it recommends; what is left out is a matter of taste, or says something else than the standard.
const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:recommended", "html-validate:a11y"],
  rules: {
    // Written by a program that leaves no blanks and needs no marks of its own.
    "no-trailing-whitespace": "off",
    "no-inline-style": "off",
    "void-style": "off",
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    "doctype-style": "off",
    "long-title": "off",
    "no-raw-characters": "off",
    // Tables that scroll are regions with a name, which a keyboard reaches.
    "prefer-native-element": ["error", { exclude: ["region", "search"] }],
    // An id may begin with a digit.
    "valid-id": ["error", { relaxed: true }],
    "tel-non-breaking": "off",
    // A heading of a language or a code stands where its text does.
    "require-sri": "off",
  },
});

const isPage = (answer) => (answer.headers.get("content-type") ?? "").startsWith("text/html");
const entities = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
const plain = (text) => text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => entities[name]);

const validate = async (path, html) => {
  const report = await validator.validateString(html, path);
  for (const { messages } of report.results) {
    for (const { ruleId, message, line, column } of messages) complain(`html-validate: ${shape(path)}: ${ruleId}: ${message} (${path} ${line}:${column})`);
  }
};

// The shape of an address: pages of one shape are of one kind.
export const shape = (path) =>
  path
    .replace(/\?.*$/, (query) => query.replace(/=[^&]*/g, "=…"))
    .split("/")
    .map((part, at, parts) => {
      if (/^(GM\d+|VR\d+|\d+)$/.test(part)) return "…";
      return ["publicaties", "partners", "bronnen"].includes(parts[at - 1]) ? "…" : part;
    })
    .join("/");

// The pages that links lead to, from these on, and all other addresses that they name.
export const walk = async (from) => {
  const pages = new Map();
  const fragments = [];
  const seen = new Set(from);
  const waiting = [...from];
  const visit = async (path) => {
    const answer = await fetch(base + path, { headers: { accept: "text/html" }, redirect: "follow" });
    const body = await answer.text();
    if (answer.status !== 200) {
      complain(`a link leads nowhere: ${path} (${answer.status}), from ${cameFrom.get(path) ?? "the start"}`);
      return;
    }
    if (!isPage(answer) || path.startsWith("/explorer")) return;
    const ids = new Set([...body.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => plain(id)));
    pages.set(path, { body, ids });
    for (const [, , written] of body.matchAll(/<(a|link)\s[^>]*?href="([^"]*)"/g)) {
      const address = new URL(plain(written), base + path);
      if (address.protocol === "data:" || address.protocol === "mailto:" || address.protocol === "tel:") continue;
      if (address.origin !== base) {
        if (address.protocol !== "https:") complain(`a link is not safe: ${address.href} on ${path}`);
        continue;
      }
      const to = address.pathname + address.search;
      if (address.hash) fragments.push([path, to, decodeURIComponent(address.hash.slice(1))]);
      if (seen.has(to)) continue;
      seen.add(to);
      cameFrom.set(to, path);
      waiting.push(to);
    }
  };
  const cameFrom = new Map();
  while (waiting.length > 0) await Promise.all(waiting.splice(0, 8).map(visit));
  for (const [path, to, id] of fragments) {
    const target = pages.get(to);
    if (target && !target.ids.has(id)) complain(`a link leads to no place on its page: ${to}#${id} on ${path}`);
  }
  for (const [path, { body }] of pages) await validate(path, body);
  return { pages: [...pages.keys()], addresses: seen.size };
};
