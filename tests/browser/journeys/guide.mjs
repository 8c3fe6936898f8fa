// An officer who does not know the bank: the guide proposes, a value is filled in, one requirement is exchanged for a harder
// one, and a workbook comes out.

import { download } from "../lib/download.mjs";
import { records, unzip } from "../lib/zip.mjs";
import { expect, fits } from "./expect.mjs";
import { inEveryForm } from "./forms.mjs";

const PROPOSED = ["KB-0025", "KB-0028", "KB-0033", "KB-0032"];
const NAME = "Datorer till kansliet";

const step = async (page, number) => {
  const kicker = await page.locator(".page-header__kicker").innerText();
  expect(kicker.endsWith(`Steg ${number} av 4`), `this is step ${number}: ${kicker} (${page.url()})`);
  await fits(page);
};
const row = (page, id) => page.locator(".selection-row", { has: page.locator(".ref", { hasText: id }) });

async function propose(page) {
  await page.goto("/");
  await page.locator("main").getByRole("link", { name: /vägvisaren/ }).first().click();
  await step(page, 1);
  await page.getByRole("searchbox", { name: "Sök produktgrupp" }).fill("bärbara datorer");
  await page.getByRole("button", { name: "Sök", exact: true }).click();
  await page.getByRole("checkbox", { name: /^Datorer och bildskärmar/ }).check();
  await page.getByRole("button", { name: "Fortsätt" }).click();
  await step(page, 2);
  await page.locator("#varde").fill("3 000 000");
  await page.locator("#ar").fill("4");
  await page.locator("#timmar").fill("40");
  await page.getByRole("button", { name: "Fortsätt" }).click();
  await step(page, 3);
  await page.locator("input[name=niva][value=bas]").check();
  await page.locator(".guide__next button").click();
  await step(page, 4);
  const ticked = await page.locator("input[name=krav]:checked").evaluateAll((boxes) => boxes.map((box) => box.value));
  expect(String(ticked) === String(PROPOSED), `the basic requirements are proposed: ${ticked}`);
  await page.locator("#namn").fill(NAME);
  await page.getByRole("button", { name: `Skapa korgen med ${PROPOSED.length} krav` }).click();
  expect((await page.locator("h1").innerText()) === NAME, `the selection is shown: ${page.url()}`);
  const rows = await page.locator(".selection-row").count();
  expect(rows === PROPOSED.length, `it holds what was proposed: ${rows}`);
  await fits(page);
}

// Fills in how long a computer waits until it sleeps: first what is not allowed, then what is.
async function value(page) {
  await row(page, "KB-0025").getByRole("link", { name: /^Ändra/ }).click();
  const clause = page.locator("ol.clauses > li", { hasText: "viloläge efter högst" });
  expect(/högst 15\sminuter/.test(await clause.innerText()), `the text has the value that is proposed: ${await clause.innerText()}`);
  const field = page.getByLabel("Minuter till viloläge");
  await field.fill("45");
  await page.getByRole("button", { name: "Spara raden" }).click();
  const fault = await page.locator("#fel a").first().innerText();
  expect(/30/.test(fault), `45 is too much, and it is said what is allowed: ${fault}`);
  expect((await field.inputValue()) === "45", "what was typed is still there");
  await field.fill("25");
  await page.getByRole("button", { name: "Spara raden" }).click();
  const shown = await row(page, "KB-0025").locator(".row-values").innerText();
  expect(/25\sminuter/.test(shown) && !/förslag/.test(shown), `the selection shows the value: ${shown}`);
  await row(page, "KB-0025").getByRole("link", { name: /^Ändra/ }).click();
  expect(/högst 25\sminuter/.test(await clause.innerText()), `the text has the value: ${await clause.innerText()}`);
  await fits(page);
  await page.getByRole("link", { name: "Till korgen" }).click();
}

async function exchange(page) {
  await row(page, "KB-0028").getByRole("link", { name: /^Ändra/ }).click();
  await page.getByRole("link", { name: "Byt mot ett annat krav i familjen" }).click();
  await fits(page);
  const chosen = page.locator("section.swap", { hasText: "KB-0029" });
  expect((await chosen.innerText()).includes("Avancerad"), `KB-0029 is advanced: ${await chosen.innerText()}`);
  await chosen.getByRole("button", { name: "Byt till KB-0029" }).click();
  expect(new URL(page.url()).hash.startsWith("#rad-"), `the selection is shown where the row stands: ${page.url()}`);
  expect((await row(page, "KB-0029").count()) === 1 && (await row(page, "KB-0028").count()) === 0, `KB-0029 stands where KB-0028 stood (${page.url()})`);
}

async function run(page) {
  await propose(page);
  await value(page);
  await exchange(page);
  await page.getByRole("link", { name: "Hämta eller skriv ut" }).click();
  await fits(page);
  const { name, bytes } = await download(page, () => page.getByRole("button", { name: /^Excel/ }).click());
  expect(name === `${NAME}.xlsx`, `the file is called as the selection: ${name}`);
  const rows = records(unzip(bytes));
  const ids = rows.map((one) => one.Krav.split(":")[0]);
  const expected = PROPOSED.map((id) => (id === "KB-0028" ? "KB-0029" : id));
  expect(String(ids) === String(expected), `the workbook has the requirements in order: ${ids}`);
  const filled = rows.find((one) => one.Krav.startsWith("KB-0025"));
  expect(/viloläge efter högst 25\sminuter/.test(filled.Kravtext), `the text has the value: ${filled.Kravtext}`);
  expect(/^Minuter till viloläge: 25\sminuter$/.test(filled["Valda värden"]), `the value stands by itself: ${filled["Valda värden"]}`);
  const harder = rows.find((one) => one.Krav.startsWith("KB-0029"));
  expect(harder.Nivå === "Avancerad" && harder.Rubrik === "Datorer som kan lagas och uppdateras i sju år", `KB-0029 is as in the bank: ${JSON.stringify(harder).slice(0, 200)}`);
}

export default inEveryForm("guide to a workbook", run);
