// From a version that is ready to a decision that holds: drafted, what is lacking said, handed over, decided by somebody else from a
// day to come; the clock passes, and the version is in force. With script, on a phone and without; three browsers.

import axe from "../checks/axe.mjs";
import { DAY, day } from "../lib/clock.mjs";
import { expect, fits } from "./expect.mjs";
import { inEveryForm } from "./forms.mjs";
import { press, signIn, within } from "./workbench.mjs";

const NUMBER = "KB-0074";
const WORKBENCH = `/lmc/krav/${NUMBER}`;
let round = 0;

// A page as every page is held: it fits, has one heading, every field has a label, axe finds nothing.
async function holds(page, scripted) {
  await fits(page);
  expect((await page.locator("h1").count()) === 1, "one heading");
  if (!scripted) return;
  const unlabelled = await page.evaluate(() => [...document.querySelectorAll("main :is(input:not([type=hidden]), select, textarea)")].filter((field) => !field.labels?.length).map((field) => field.name));
  expect(unlabelled.length === 0, `every field has a label: ${unlabelled}`);
  const problems = await axe.run({ page });
  expect(problems.length === 0, `${page.url()} is without faults: ${problems.join("; ")}`);
}

// A version made ready, with all that it needs; says which.
async function ready(page, text) {
  await signIn(page, "Ali Hassan");
  await page.goto(WORKBENCH);
  await page.getByRole("radio", { name: "Dags för översyn" }).check();
  await page.locator("#anteckning").fill("Översynen är gjord.");
  await press(page, "Börja en ny version");
  await press(page, "Redigera versionen");
  await page.waitForURL(/\/redigera(#|$)/);
  const version = (await page.locator(".page-header .ref").innerText()).split(":")[1];
  await page.locator("#stycke-1").fill(text);
  await page.locator("input[name=andringar][value=meaning]").check();
  await page.locator("#andringsnotis").fill("Gränsen är skarpare.");
  await page.locator("#pagaende_avtal").fill("Pågående avtal berörs inte.");
  await page.locator(".editor__save").getByRole("button", { name: "Spara och stäng" }).click();
  await page.getByRole("radio", { name: /^Lägg fram för beslut/ }).check();
  await press(page, "Genomför");
  expect((await within(page)).includes("Klar för beslut"), "it is ready");
  return `${NUMBER}:${version}`;
}

async function draft(page, title, cited, scripted) {
  await signIn(page, "Karin Öberg");
  await page.goto("/lmc/beslut/nytt");
  await holds(page, scripted);
  await page.locator("#rubrik").fill(title);
  await page.locator("label.choice", { hasText: cited }).locator("input").check();
  await press(page, "Skapa utkastet");
  const path = new URL(page.url()).pathname;
  const lacks = await page.locator("section[aria-labelledby=sagt]").innerText();
  expect(lacks.includes("sammanträdesdag") || lacks.includes("dagen"), `why not yet is a list: ${lacks}`);
  expect(await page.locator("ins").count() > 0, "what the version changes stands in the draft");
  await holds(page, scripted);
  // Each lack leads to its field.
  await page.locator("section[aria-labelledby=sagt] a[href$='#dag']").click();
  await page.waitForURL(/\/uppgifter#dag$/);
  for (const [field, text] of [["organ", "Nätverkets styrgrupp"], ["dag", "i går"], ["paragraf", "§ 40"], ["dnr", "LMC 2026/0140"], ["skal", "Marknaden klarar gränsen."]]) {
    await page.locator(`#${field}`).fill(text);
  }
  await press(page, "Spara");
  expect((await page.locator("#fel a").getAttribute("href")) === "#dag", "a day that is none is told of");
  expect((await page.locator("#skal").inputValue()) === "Marknaden klarar gränsen.", "what was typed is kept");
  await holds(page, scripted);
  await page.locator("#dag").fill("2026-11-20");
  await press(page, "Spara");
  await page.waitForURL(new RegExp(`${path}(#|$)`));
  await press(page, "Lämna till beslutsfattare");
  expect((await within(page)).includes("Utkastet ligger hos beslutsfattaren."), "it is handed over");
  expect((await page.getByRole("link", { name: "Ange utfall", exact: true }).count()) === 0, "who drafted it does not decide");
  await fits(page);
  return path;
}

async function decide(page, path, from, scripted) {
  await signIn(page, "Gunilla Ström");
  await page.goto("/lmc/beslut");
  await page.locator(`a[href="${path}"]`).click();
  await holds(page, scripted);
  await page.getByRole("link", { name: "Ange utfall", exact: true }).click();
  await page.locator(`#utfall-${NUMBER}`).selectOption("aterremiss");
  await press(page, "Spara");
  expect((await page.locator("#fel a").getAttribute("href")) === `#skal-${NUMBER}`, "what is sent back is sent back with a reason");
  await holds(page, scripted);
  await page.locator(`#utfall-${NUMBER}`).selectOption("bifall");
  await page.locator(`#fran-${NUMBER}`).fill(from);
  await press(page, "Spara");
  await page.waitForURL(new RegExp(`${path}(#|$)`));
  await page.locator(`a[href="${path}/besluta"]`).click();
  await page.waitForURL(/\/besluta(#|$)/);
  await holds(page, scripted);
  await page.locator("main form button[type=submit]").last().click();
  await page.waitForURL(/\/beslut\/B-\d{4}-\d{4}(#|$)/);
  return new URL(page.url()).pathname;
}

async function run(page, another, clock, scripted) {
  round += 1;
  const text = `Rengöringsmedlet får inte innehålla ämnen på kandidatförteckningen, omgång ${round}.`;
  const title = `Skarpare gräns för rengöringsmedel, omgång ${round}`;
  const cited = await ready(await another(), text);
  const path = await draft(page, title, cited, scripted);
  const decider = await another();
  const from = day(clock.now() + 3 * DAY);
  const decision = await decide(decider, path, from, scripted);

  // Whoever looks reads what, why, who and from when; the version is to come.
  const visitor = await another();
  await visitor.goto(decision);
  const seen = await within(visitor);
  for (const words of [title, cited, "Marknaden klarar gränsen.", "Gunilla Ström", "Nätverkets styrgrupp", "§ 40", "gäller från"]) {
    expect(seen.includes(words), `everybody reads “${words}”`);
  }
  await holds(visitor, scripted);
  await visitor.emulateMedia({ media: "print" });
  expect(!(await visitor.locator("nav").first().isVisible()), "on paper stands no navigation");
  expect((await visitor.locator("article").innerText()).includes(new URL(visitor.url()).pathname), "but where it comes from");
  await visitor.emulateMedia({ media: "screen" });
  await visitor.goto(`/krav/${NUMBER}`);
  expect(!(await within(visitor)).includes(text), "the version is not in force yet");
  // The number typed where one searches leads to it.
  const number = decision.split("/").pop();
  await visitor.goto(`/krav?q=${number}`);
  expect(new URL(visitor.url()).pathname === decision, "its number leads to it");
  await visitor.goto(`/en/krav?q=${number}`);
  expect(new URL(visitor.url()).pathname === `/en${decision}`, "in English too");
  await fits(visitor);
  // The draft is no more: whoever comes to it is led to what it became.
  await page.goto(path);
  expect(new URL(page.url()).pathname === decision, "the draft leads to the decision");

  clock.passes(4 * DAY);
  await visitor.goto(`/krav/${NUMBER}`);
  expect((await within(visitor)).includes(text), "on its day it is in force");
  await fits(visitor);
}

export default inEveryForm("a decision from the draft to the day it holds", run).map((journey) => ({
  ...journey,
  clock: true,
  run: (page, another, clock) => run(page, another, clock, journey.settings.javaScriptEnabled !== false),
}));
