// Search, filter, open a hit, look at its history, compare two versions: without script.

import { expect } from "./expect.mjs";

export default {
  name: "search to comparison",
  settings: { javaScriptEnabled: false },
  async run(page) {
    await page.goto("/");
    await page.getByRole("searchbox").fill("acceleratorfria nitrilhandskar");
    await page.getByRole("searchbox").press("Enter");
    expect(new URL(page.url()).pathname === "/krav", `the search leads to ${page.url()}`);
    expect((await page.getByRole("searchbox").inputValue()) === "acceleratorfria nitrilhandskar", "the words that were searched for stand in the field");
    const hits = page.locator("main .hit");
    const before = await hits.count();
    expect(before > 0, "there are hits");

    // Filters lie in <details>, which open without script.
    const filter = page.locator("input[type=checkbox][name=niva][value=bas]");
    if (!(await filter.isVisible())) await page.locator("details.filter-group", { has: filter }).locator("summary").click();
    await filter.check();
    await page.getByRole("button", { name: "Visa resultat" }).click();
    const address = new URL(page.url());
    expect(address.searchParams.get("niva") === "bas" && address.searchParams.get("q")?.includes("nitril"), `the address holds words and filter: ${address}`);
    expect(await page.locator("input[name=niva][value=bas]").isChecked(), "the filter is still chosen");
    const chip = page.locator(".chips a").first();
    expect(await chip.count(), "the filter can be taken away");

    await page.getByRole("link", { name: /Acceleratorfria nitrilhandskar/ }).first().click();
    expect(new URL(page.url()).pathname === "/krav/KB-0004", `the hit leads to ${page.url()}`);
    expect((await page.locator("ol.clauses > li").count()) > 0, "the requirement shows its clauses");

    await page.locator("main a[href$='/krav/KB-0004/historik']").first().click();
    expect((await page.locator("ol.timeline > li").count()) > 1, "the history has events");
    await page.locator("main a[href*='/krav/KB-0004/jamfor']").first().click();
    expect(new URL(page.url()).pathname === "/krav/KB-0004/jamfor", `the history leads to ${page.url()}`);

    await page.locator("select[name=fran]").selectOption("1");
    await page.locator("select[name=till]").selectOption("2");
    await page.locator("input[name=vy][value=sida]").check();
    await page.locator("form.compare-form button").click();
    const query = new URL(page.url()).searchParams;
    expect(query.get("fran") === "1" && query.get("till") === "2" && query.get("vy") === "sida", `the address holds the choice: ${page.url()}`);
    expect((await page.locator("table.table--sides").count()) > 0, "the versions stand side by side");
  },
};
