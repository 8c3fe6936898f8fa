// The link to the other language keeps the page and what was chosen on it.

import { expect } from "./expect.mjs";

const PAGES = ["/", "/krav?q=handskar&niva=bas", "/omraden/medicinteknik", "/krav/KB-0004/v/1", "/krav/KB-0004/jamfor?fran=1&till=2", "/jamfor?krav=KB-0001&krav=KB-0004", "/omraden/medicinteknik/nivaer?typ=specifikation", "/ordlista"];
const english = (path) => (path === "/" ? "/en" : `/en${path}`);
const here = (page) => {
  const { pathname, searchParams } = new URL(page.url());
  return `${pathname} ${[...searchParams].sort().join(" ")}`;
};
const wanted = (path) => {
  const { pathname, searchParams } = new URL(path, "http://x");
  return `${pathname} ${[...searchParams].sort().join(" ")}`;
};

export default {
  name: "language switch keeps the page",
  settings: { javaScriptEnabled: false },
  async run(page) {
    for (const path of PAGES) {
      await page.goto(path);
      await page.locator("header a[hreflang=en]").click();
      expect(here(page) === wanted(english(path)), `${path} in English is ${english(path)}, not ${page.url()}`);
      expect((await page.locator("html").getAttribute("lang")) === "en", `${page.url()} is in English`);
      const links = await page.locator("main a[href^='/']").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
      const swedish = links.filter((href) => !/^\/(en(\/|\?|#|$)|api\/|static\/|oppna-data)/.test(href));
      expect(swedish.length === 0, `links on ${page.url()} stay in English: ${swedish.slice(0, 3).join(", ")}`);
      await page.locator("header a[hreflang=sv]").click();
      expect(here(page) === wanted(path), `and back it is ${path}, not ${page.url()}`);
    }
  },
};
