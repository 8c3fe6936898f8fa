// A27: printed, a page has no navigation, says where it comes from, and holds every paragraph.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// The text of a PDF without blanks; none where the program for it is missing.
function textOf(pdf) {
  const folder = mkdtempSync(join(tmpdir(), "print-"));
  writeFileSync(join(folder, "page.pdf"), pdf);
  const { status, stdout } = spawnSync("pdftotext", ["-raw", "page.pdf", "-"], { cwd: folder, encoding: "utf8" });
  rmSync(folder, { recursive: true });
  return status === 0 ? squeezed(stdout) : null;
}

// Line breaks and hyphens that the printer puts in are no part of the text.
const squeezed = (text) => text.normalize("NFKC").replace(/[\s\u00ad\u2010-]+/g, "");

export default {
  name: "print",
  views: ["wide"],
  when: ({ first }) => first,
  async run({ page, visit }) {
    const clauses = await page.evaluate(() =>
      [...document.querySelectorAll(".clauses > li > p:not(.no-print), .diff__clause > p, .table--sides td, .written h3 [data-text], .written__part li, .written__part dd > p")].filter(tools.visible).map((paragraph) => {
        const copy = paragraph.cloneNode(true);
        copy.querySelectorAll(".vh").forEach((part) => part.remove());
        return copy.textContent;
      }),
    );
    await page.emulateMedia({ media: "print" });
    try {
      const problems = await page.evaluate(() => {
        const shown = [...document.querySelectorAll("nav, form, .pagination, .skip-link, button")].filter((element) => tools.visible(element) && element.innerText.trim());
        return shown.map((element) => `${tools.name(element)} is printed`);
      });
      const text = await page.evaluate(() => document.body.innerText);
      // The address of a link is a secret: on paper stand the addresses of the requirements.
      const [, key] = visit.path.match(/\/k\/(\w+)/) ?? [];
      if (key && text.includes(key)) problems.push("the key of a link is printed");
      if (visit.status === 200 && key && !/\/krav\/KB-\d{4}\/v\/\d/.test(text)) problems.push("no address of a requirement is printed");
      if (visit.status === 200 && !key && !text.includes(visit.path)) problems.push(`the address ${visit.path} is not printed`);
      if (["requirement", "version", "selection-print", "selection-shared"].includes(visit.template) && !/KB-\d{4}:\d+/.test(text)) problems.push("the version (KB-0000:0) is not printed");
      if (["requirement", "version", "selection-print", "selection-shared"].includes(visit.template) && !clauses.length) problems.push("no paragraph was found");
      const printed = textOf(await page.pdf({ format: "A4", tagged: true })) ?? squeezed(clauses.join(""));
      problems.push(...clauses.filter((clause) => !printed.includes(squeezed(clause))).map((clause) => `not printed: "${clause.slice(0, 70)}"`));
      return problems;
    } finally {
      await page.emulateMedia({ media: "screen" });
    }
  },
};
