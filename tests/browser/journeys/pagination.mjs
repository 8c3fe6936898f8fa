// Through the whole list with "next" and back with "previous": every requirement once, in one order.

import { expect } from "./expect.mjs";

const ids = (page) => page.locator("main .hit").evaluateAll((hits) => hits.map((hit) => hit.textContent.match(/KB-\d{4,}/)?.[0]));
const where = async (page) => (await page.locator(".pagination__where").first().innerText()).replace(/\s/g, " ");

export default {
  name: "pages of a list",
  settings: { javaScriptEnabled: false },
  async run(page) {
    await page.goto("/krav");
    const pages = [await ids(page)];
    const titles = [await page.title()];
    const next = page.locator(".pagination a[rel=next]");
    while ((await next.count()) && pages.length < 60) {
      await next.first().click();
      pages.push(await ids(page));
      titles.push(await page.title());
    }
    expect(pages.length > 1, "the list has more than one page");
    const all = pages.flat();
    expect(new Set(all).size === all.length, "no requirement stands on two pages");
    expect(new Set(titles).size === titles.length, `each page has a title of its own: ${titles.slice(0, 3).join(" | ")}`);
    const total = Number((await where(page)).match(/ av ([\d ]+)$/)?.[1].replace(/\D/g, ""));
    expect(total === all.length, `"${await where(page)}" counts what was shown (${all.length})`);

    const previous = page.locator(".pagination a[rel=prev]");
    for (const expected of pages.slice(0, -1).reverse()) {
      await previous.first().click();
      expect(String(await ids(page)) === String(expected), `going back shows the same: ${await where(page)}`);
    }
    expect((await previous.count()) === 0, "nothing comes before the first page");
  },
};
