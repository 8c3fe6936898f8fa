// An officer without an account, on a phone too: from the front page to a tender's text in Word in ten clicks, and the order
// of a selection by buttons alone.

import { download } from "../lib/download.mjs";
import { paragraphs, unzip } from "../lib/zip.mjs";
import { expect, fits } from "./expect.mjs";
import { FORMS, inEveryForm } from "./forms.mjs";

const ROWS = 7;
const MOST_CLICKS = 10;

// Fills a selection with all of a group's basic requirements, and shows it.
async function fill(page, click) {
  await page.goto("/");
  await click(page.locator("main").getByRole("link", { name: "Medicinteknik", exact: true }).first());
  await click(page.locator("main .tiles").getByRole("link", { name: "Handskar", exact: true }));
  await click(page.getByRole("button", { name: /på nivå bas/ }));
  expect(new URL(page.url()).hash === "#krav", `back at the same place: ${page.url()}`);
  const said = await page.locator(".flash").innerText();
  expect(/krav har lagts i korgen Min korg/.test(said), `it is said what was done: ${said}`);
  await click(page.locator(".flash").getByRole("link", { name: "Visa korgen" }));
  const rows = await page.locator(".selection-row").count();
  expect(rows === ROWS, `all of them stand there: ${rows}`);
  await fits(page);
}

async function document(page) {
  let clicks = 0;
  const click = async (target) => {
    clicks += 1;
    await target.click();
  };
  await fill(page, click);
  const titles = await page.locator(".selection-row h3 a").allInnerTexts();
  const ids = await page.locator(".selection-row .hit__marks .ref").allInnerTexts();
  await click(page.getByRole("link", { name: "Hämta eller skriv ut" }));
  await fits(page);
  const { name, bytes } = await download(page, () => click(page.getByRole("button", { name: /^Word/ })));
  expect(name === "Min korg.docx", `the file is called as the selection: ${name}`);
  const text = paragraphs(unzip(bytes));
  for (const title of titles) expect(text.includes(title), `the document has the requirement "${title}": ${text.slice(0, 8).join(" | ")}`);
  for (const id of ids) expect(text.some((line) => line.startsWith(id)), `the document has ${id}`);
  const words = "Engångshandskar får inte innehålla något ämne på kandidatförteckningen";
  expect(text.some((line) => line.includes(words)), `the document has the text of KB-0001: ${text.slice(0, 12).join(" | ")}`);
  expect(clicks <= MOST_CLICKS, `at most ${MOST_CLICKS} clicks, not ${clicks}`);
}

// Order by buttons alone (A15).
async function order(page) {
  await fill(page, (target) => target.click());
  const shown = () => page.locator(".selection-group", { hasText: "Teknisk specifikation" }).locator(".ref").allInnerTexts();
  const [first, second] = await shown();
  await page.getByRole("button", { name: `Flytta ned ${first}`, exact: true }).click();
  const [nowFirst, nowSecond] = await shown();
  expect(nowFirst === second && nowSecond === first, `${first} and ${second} have changed places`);

  await page.getByRole("button", { name: `Ta bort ${first}`, exact: true }).click();
  expect((await page.locator(".selection-row").count()) === ROWS - 1, "it is taken out");
  await page.getByRole("button", { name: "Ångra" }).click();
  expect((await page.locator(".selection-row").count()) === ROWS, "and put back");
  expect((await shown())[1] === first, "where it stood");
}

const onPhone = FORMS.filter(({ name }) => name !== "with script");

export default [...inEveryForm("from the front page to a document", document), ...onPhone.map(({ name, settings }) => ({ name: `order in a selection, ${name}`, settings, run: order }))];
