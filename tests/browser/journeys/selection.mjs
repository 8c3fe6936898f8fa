// An officer without an account, on a phone too: from the front page to a tender's text in ten clicks, without script.

import { expect } from "./expect.mjs";

async function run(page) {
  let clicks = 0;
  const click = async (target) => { clicks += 1; await target.click(); };
  await page.goto("/");
  await click(page.locator("main").getByRole("link", { name: "Medicinteknik", exact: true }).first());
  await click(page.locator("main .tiles").getByRole("link", { name: "Handskar", exact: true }));
  await click(page.getByRole("button", { name: /på nivå bas/ }));
  expect(new URL(page.url()).hash === "#krav", `back at the same place: ${page.url()}`);
  const said = await page.locator(".flash").innerText();
  expect(/krav har lagts i korgen Min korg/.test(said), `it is said what was done: ${said}`);
  await click(page.locator(".flash").getByRole("link", { name: "Visa korgen" }));
  const rows = await page.locator(".selection-row").count();
  expect(rows === 7, `all of them stand there: ${rows}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  expect(wide, "the selection fits the window");

  // Order by buttons alone (A15).
  const order = () => page.locator(".selection-group", { hasText: "Teknisk specifikation" }).locator(".ref").allInnerTexts();
  const [first, second] = await order();
  await page.getByRole("button", { name: `Flytta ned ${first}`, exact: true }).click();
  const [nowFirst, nowSecond] = await order();
  expect(nowFirst === second && nowSecond === first, `${first} and ${second} have changed places`);

  await page.getByRole("button", { name: `Ta bort ${first}`, exact: true }).click();
  expect((await page.locator(".selection-row").count()) === rows - 1, "it is taken out");
  await page.getByRole("button", { name: "Ångra" }).click();
  expect((await page.locator(".selection-row").count()) === rows, "and put back");
  expect((await order())[1] === first, "where it stood");
  expect(clicks <= 10, `${clicks} clicks`);
}

export default [
  { name: "from the front page into a selection, without script", settings: { javaScriptEnabled: false }, run },
  { name: "into a selection on a phone", settings: { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true, colorScheme: "dark" }, run },
];
