// A supplier asks about a clause, the network answers, another's rude word is reported and hidden, and who wrote it sees why and
// objects. With script, on a phone and without; several browsers.

import { expect, fits } from "./expect.mjs";
import { inEveryForm } from "./forms.mjs";

let round = 0;

const text = (page) => page.locator("main").innerText();
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

async function as(page, name) {
  await page.goto("/logga-in");
  await page.locator(".people__one", { hasText: name }).click();
}

async function run(page, another) {
  round += 1;
  const asked = `Gäller kravet även handskar i omgång ${round}?`;
  const rude = `Lär er läsa, omgång ${round}.`;
  await as(page, "Sofia Lund");
  await page.goto("/krav/KB-0011");
  await page.getByRole("link", { name: "Kommentera stycket 1" }).click();
  expect((await page.locator("blockquote").innerText()).length > 10, "the clause is there to read");
  await fits(page);
  await press(page, "Skicka tråden");
  expect((await page.locator("#fel a").allInnerTexts()).length === 2, "a kind and a text are asked for");
  await page.getByRole("radio", { name: /^Fråga/ }).check();
  await page.locator("#text").fill(`${asked}\n\n* *ja*\n* nej`);
  await press(page, "Skicka tråden");
  await page.waitForURL(/\/krav\/KB-0011\/dialog\/[0-9a-f-]{36}(#|$)/);
  const thread = new URL(page.url()).pathname;
  expect((await page.locator(".comment em").innerText()) === "ja", "emphasis and lists are shown");
  expect((await text(page)).includes("Stycke 1"), "it stands at its clause");
  await fits(page);
  // The network answers; everybody sees it, at the clause too.
  const network = await another();
  await as(network, "Ali Hassan");
  await network.goto(thread);
  await network.locator("#text").fill("Ja, det gör det.");
  await network.getByRole("checkbox", { name: /Svar från LMC/ }).check();
  await press(network, "Skicka svaret");
  await network.waitForURL(/#k-/);
  expect((await text(network)).includes("Besvarad"), "the thread is answered");
  await fits(network);
  const visitor = await another();
  await visitor.goto("/krav/KB-0011");
  await visitor.getByRole("link", { name: /^\d+ kommentarer? om stycke 1$/ }).click();
  await visitor.getByRole("link", { name: new RegExp(`omgång ${round}\\?`) }).click();
  expect((await text(visitor)).includes("Svar från LMC"), "a visitor reads the answer");
  await fits(visitor);
  // Somebody is rude, another reports it, the network hides it.
  const industry = await another();
  await as(industry, "Anders Wik");
  await industry.goto(thread);
  await industry.locator("#text").fill(rude);
  await press(industry, "Skicka svaret");
  await page.goto(thread);
  await page.locator(".comment", { hasText: rude }).getByRole("link", { name: /^Anmäl/ }).click();
  await page.getByRole("radio", { name: /^Kränkande/ }).check();
  await page.locator("#skal").fill("Onödigt hårt.");
  await fits(page);
  await press(page, "Skicka anmälan");
  await network.goto("/lmc/inkorg?slag=kommentar");
  await network.getByRole("link", { name: rude }).click();
  await network.getByRole("radio", { name: /^Dölj kommentaren/ }).check();
  await network.getByRole("radio", { name: /^Kränkande/ }).check();
  await network.locator("#skal").fill("Tonen är för hård.");
  await fits(network);
  await press(network, "Spara beslutet");
  expect((await network.locator(".flash").innerText()).includes("Beslutet är sparat."), "it is done");
  await visitor.goto(thread);
  expect(!(await text(visitor)).includes(rude) && (await text(visitor)).includes("Kränkande eller hotfull"), "the rule stands instead of it");
  // Who wrote it sees it, with the rule, and objects.
  await industry.goto(thread);
  expect((await text(industry)).includes(rude), "its author reads it");
  await industry.getByRole("link", { name: /^Invänd/ }).click();
  expect((await text(industry)).includes("Tonen är för hård."), "and why it is hidden");
  await industry.locator("#skal").fill("Det var menat som ett skämt.");
  await fits(industry);
  await press(industry, "Skicka invändningen");
  expect((await industry.locator(".flash").innerText()).includes("LMC prövar"), "it is looked at again");
  await network.goto("/lmc/moderering");
  await network.getByRole("link", { name: rude }).click();
  await network.getByRole("radio", { name: /^Låt kommentaren vara dold/ }).check();
  await network.locator("#skal").fill("Beslutet står fast.");
  await press(network, "Spara beslutet");
  await page.goto(thread);
  await press(page, "Markera som löst");
  expect((await text(page)).includes("Markerad som löst av Sofia Lund"), "who asked says that it is done with");
}

export default inEveryForm("a question on a clause, its answer, and what is hidden", run);
