// Choose three in the list, compare them, look at the differences alone, remove one: without script.

import { expect } from "./expect.mjs";

const columns = (page) => page.locator(".table--stack thead th[abbr]").evaluateAll((all) => all.map((th) => th.abbr.split(":")[0]));
const rows = (page) => page.locator(".table--stack tbody tr").count();

export default {
  name: "requirements side by side",
  settings: { javaScriptEnabled: false },
  async run(page) {
    await page.goto("/krav?omrade=medicinteknik%2Fhandskar&sort=nummer");
    const boxes = page.locator(".hit .pick input");
    expect((await boxes.count()) > 3, "each hit has a box");
    const chosen = [];
    for (const place of [0, 1, 3]) {
      const box = boxes.nth(place);
      await box.check();
      chosen.push(await box.getAttribute("value"));
    }
    await page.getByRole("button", { name: "Jämför valda" }).click();
    expect(new URL(page.url()).pathname === "/jamfor", `the button leads to ${page.url()}`);
    expect(String(await columns(page)) === String(chosen), `the columns are those that were chosen: ${await columns(page)}`);

    const all = await rows(page);
    const same = await page.locator(".table--stack .is-same").count();
    expect(same > 0, "some rows are marked as the same");
    await page.getByRole("link", { name: "Visa bara skillnader" }).click();
    expect((await rows(page)) === all - same, `${same} of ${all} rows are left out, ${await rows(page)} are there`);

    await page.getByRole("link", { name: new RegExp(`^Ta bort ${chosen[1]}`) }).click();
    expect(String(await columns(page)) === `${chosen[0]},${chosen[2]}`, `one column is gone: ${await columns(page)}`);
    expect(new URL(page.url()).searchParams.get("visa") === "skillnader", "still only differences");

    await page.getByRole("textbox", { name: "Lägg till ett krav" }).fill("kb53");
    await page.getByRole("button", { name: "Lägg till" }).click();
    expect(String(await columns(page)) === `${chosen[0]},${chosen[2]},KB-0053`, `one is added, however it is spelt: ${await columns(page)}`);
    await page.getByRole("link", { name: /^Flytta till vänster KB-0053/ }).click();
    expect(String(await columns(page)) === `${chosen[0]},KB-0053,${chosen[2]}`, `it is moved: ${await columns(page)}`);
  },
};
