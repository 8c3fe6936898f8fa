// What hurts others is asked for once more: an administrator comes back after a while, changes a word that is a setting, is
// asked to prove who it is, finds what was typed, and sends it by hand. In every form.

import { MINUTE } from "../lib/clock.mjs";
import { expect, fits } from "./expect.mjs";
import { inEveryForm } from "./forms.mjs";

const NAMES = ["RMC", "LMC", "Miljönätverket"];
let turn = 0;

const heading = (page) => page.locator("h1").innerText();
const path = (page) => new URL(page.url()).pathname;

async function stepUp(page, another, clock) {
  const name = NAMES[turn % NAMES.length];
  turn += 1;
  await page.goto("/logga-in");
  await page.locator(".people__one", { hasText: "Birgit Nyström" }).click();
  await page.goto("/admin/ord");
  await fits(page);
  clock.passes(20 * MINUTE);
  await page.locator("#network").fill(name);
  await page.locator("main form button[type=submit]").last().click();
  expect((await heading(page)) === "Visa att det är du", `who it is is asked for: ${await heading(page)}`);
  expect((await page.locator("main").innerText()).includes("inte skickat"), "and nothing was done");
  await fits(page);

  // Whoever comes to look meanwhile finds the old word.
  const visitor = await another();
  await visitor.goto("/");
  expect(!(await visitor.locator("body").innerText()).includes(name), "the word is as it was");

  await page.locator("main form button[type=submit]").first().click();
  expect((await page.locator("#network").inputValue()) === name, "what was typed is shown again");
  expect((await page.title()).startsWith("Inte skickat: "), `and was not sent: ${await page.title()}`);
  await page.locator("main form button[type=submit]").last().click();
  expect(path(page) === "/admin/ord" && (await page.locator(".flash").count()) === 1, `sent by hand it is done: ${page.url()}`);
  await page.goto("/admin/ord");
  expect((await page.locator("#network").inputValue()) === name, "and holds");
}

export default inEveryForm("an administrator proves who it is before what hurts", stepUp).map((journey) => ({ ...journey, clock: true }));
