// A1, A2: axe finds nothing, and what it leaves open has been reviewed.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { REVIEWED } from "../axe-reviewed.mjs";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const OPTIONS = {
  runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
  rules: { "target-size": { enabled: true } }, // the only rule of WCAG 2.2, off by default
  resultTypes: ["violations", "incomplete"],
};

const told = ({ id, help, nodes }) =>
  nodes.map((node) => `${id} (${help}): ${node.target.join(" ")}: ${[...node.any, ...node.all, ...node.none].map(({ message }) => message).join("; ")}`);
const isReviewed = (id, node) => REVIEWED.some((entry) => entry.rule === id && entry.target.test(node.target.join(" ")));

export default {
  name: "axe",
  views: ["axe-wide", "axe-narrow"],
  async run({ page }) {
    await page.evaluate(source);
    const { violations, incomplete } = await page.evaluate((options) => window.axe.run(document, options), OPTIONS);
    const open = incomplete
      .map((rule) => ({ ...rule, nodes: rule.nodes.filter((node) => !isReviewed(rule.id, node)) }))
      .filter(({ nodes }) => nodes.length);
    return [...violations.flatMap(told), ...open.flatMap(told).map((text) => `to review: ${text}`)];
  },
};
