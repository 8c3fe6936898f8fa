// On a phone the hits are near: the filters are folded, open by touch, and work.

import { expect } from "./expect.mjs";

export default {
  name: "search on a phone",
  settings: { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true },
  async run(page) {
    await page.goto("/krav?q=handskar");
    const panel = page.locator("details.filters");
    expect((await panel.getAttribute("open")) === null, "the filters are folded");
    const top = await page.locator("main .hit").first().evaluate((hit) => hit.getBoundingClientRect().top + scrollY);
    expect(top < 2 * 640, `the first hit stands within two windows (${Math.round(top)} px)`);

    await panel.locator("> summary").tap();
    const filter = page.locator("input[name=typ][value=specifikation]");
    if (!(await filter.isVisible())) await page.locator("details.filter-group", { has: filter }).locator("summary").tap();
    await filter.check();
    await page.getByRole("button", { name: "Visa resultat" }).tap();
    await page.waitForURL(/typ=specifikation/);
    await page.locator("main .hit a").first().tap();
    await page.waitForURL(/\/krav\/KB-\d+/);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide <= 320, `the requirement fits the window (${wide} px)`);
  },
};
