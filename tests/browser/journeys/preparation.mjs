// A coordinator revises a requirement: the checker finds a label without “eller likvärdig”, two edit the same version and neither loses
// a word, the regions may read it, it is laid before who decides. With script, on a phone and without; three browsers.

import { expect, fits } from "./expect.mjs";
import { inEveryForm } from "./forms.mjs";
import { press, signIn, within } from "./workbench.mjs";

const NUMBER = "KB-0083";
const WORKBENCH = `/lmc/krav/${NUMBER}`;
const CLAUSE = "#stycke-1";
const NARROW = "Sopsäckar och avfallspåsar ska vara märkta med Svanen.";
const OPEN = "Sopsäckar och avfallspåsar ska vara märkta med Svanen eller likvärdig märkning.";

const hints = async (page) => (await page.locator(".hints .tag").allInnerTexts()).filter((rule) => rule === "Likvärdigt saknas").length;

// A new version, and the editor of it; says which version it is.
async function begin(page) {
  await signIn(page, "Karin Öberg");
  await page.goto(WORKBENCH);
  await press(page, "Börja en ny version");
  expect((await page.title()).startsWith("Fel: "), "why it is begun has to be said");
  await fits(page);
  await page.getByRole("radio", { name: "Ett fel har rapporterats" }).check();
  await page.locator("#anteckning").fill("En region har hittat ett fel i texten.");
  await press(page, "Börja en ny version");
  expect((await page.locator(".flash").innerText()).includes("En ny version är påbörjad."), "it is begun");
  await fits(page);
  await press(page, "Redigera versionen");
  await page.waitForURL(/\/redigera(#|$)/);
  await fits(page);
  return (await page.locator(".page-header .ref").innerText()).split(":")[1];
}

async function checked(page) {
  await page.locator(CLAUSE).fill(NARROW);
  await press(page, "Granska texten");
  await page.waitForURL(/#granskningen$/);
  expect((await hints(page)) > 0, "the label without its equal is found");
  expect((await within(page)).includes("Svanen nämns utan orden eller likvärdig"), "and named");
  expect((await page.locator(CLAUSE).inputValue()) === NARROW, "the text stands as it was written");
  await fits(page);
  await page.locator(CLAUSE).fill(OPEN);
  await press(page, "Granska texten");
  expect((await hints(page)) === 0, "mended, nothing is found");
}

// Both open the editor before either saves.
async function together(page, other) {
  await signIn(other, "Ali Hassan");
  await other.goto(`${WORKBENCH}/redigera`);
  expect((await within(other)).includes("Karin Öberg redigerar"), "who comes second is told that somebody is at it");
  await other.locator(CLAUSE).fill("Säckarna ska gå att knyta ihop.");
  await other.locator("#motiv").fill("Den andras motiv står kvar.");
  for (const [field, text] of [["andringsnotis", "Likvärdig märkning godtas."], ["pagaende_avtal", "Pågående avtal berörs inte."]]) {
    await page.locator(`#${field}`).fill(text);
  }
  await page.locator("input[name=andringar][value=meaning]").check();
  await page.locator(".editor__save").getByRole("button", { name: "Spara", exact: true }).click();
  expect((await page.locator(".flash").innerText()).includes("Versionen är sparad."), "the first has saved");

  await other.locator(".editor__save").getByRole("button", { name: "Spara", exact: true }).click();
  const conflict = await other.locator("section[aria-labelledby=krockar]").innerText();
  expect(conflict.includes(OPEN) && conflict.includes("Säckarna ska gå att knyta ihop."), `both texts are shown: ${conflict}`);
  expect((await other.locator("section[aria-labelledby=foljer]").innerText()).includes("Ändringsnotis"), "what one alone wrote follows");
  expect((await other.locator("#motiv").inputValue()) === "Den andras motiv står kvar.", "and what the other alone wrote stands");
  await fits(other);
  await other.getByRole("radio", { name: "Behåll båda" }).check();
  await other.locator(".editor__save").getByRole("button", { name: "Spara", exact: true }).click();
  await other.goto(`${WORKBENCH}/redigera`);
  const clauses = await other.locator("textarea[name=stycke]").evaluateAll((areas) => areas.map((area) => area.value));
  expect(clauses.includes(OPEN) && clauses.includes("Säckarna ska gå att knyta ihop."), `no word is lost: ${clauses}`);
  expect((await other.locator("#motiv").inputValue()) === "Den andras motiv står kvar.", "in any field");
  expect((await other.locator("#andringsnotis").inputValue()) === "Likvärdig märkning godtas.", "of either");
}

async function run(page, another) {
  const version = await begin(page);
  await checked(page);
  await together(page, await another());

  // Nobody else reads it before it is shared.
  const path = `/krav/${NUMBER}/v/${version}`;
  const region = await another();
  await signIn(region, "Johan Ek");
  expect((await region.goto(path)).status() === 404, "a region does not see it");
  await page.goto(WORKBENCH);
  expect((await within(page)).includes("Inget saknas före beslut."), "all of it is there");
  await page.getByRole("link", { name: "Dela med regionerna" }).click();
  await fits(page);
  await press(page, "Dela med regionerna");
  expect((await page.title()).startsWith("Fel: "), "a reason and that one knows what it means");
  await page.locator("#skal").fill("Regionernas inköpare behöver läsa texten.");
  await page.locator("#bekrafta").check();
  await press(page, "Dela med regionerna");
  expect((await page.locator(".flash").innerText()).includes("Versionen är delad med regionerna."), "it is shared");
  expect((await region.goto(path)).status() === 200, "now the region sees it");
  expect((await within(region)).includes("eller likvärdig märkning"), "as it was written");
  await fits(region);
  const visitor = await another();
  expect((await visitor.goto(path)).status() === 404, "and nobody else");

  await page.getByRole("radio", { name: /^Lägg fram för beslut/ }).check();
  await press(page, "Genomför");
  expect((await within(page)).includes("Klar för beslut"), "it waits for who decides");
  expect((await page.getByRole("button", { name: "Redigera versionen" }).count()) === 0, "and is locked");
  await fits(page);
  // Ended, so that the next round can begin.
  await page.getByRole("radio", { name: /^Förkasta versionen/ }).check();
  await page.locator("#skal").fill("Felet rättas i ett annat krav.");
  await press(page, "Genomför");
  expect((await within(page)).includes("Ingen version bereds"), "it is ended");
  await region.goto(path);
  const seen = await within(region);
  expect(seen.includes("Versionen lades ned eller godkändes inte."), `and those who could read it are told: ${seen.slice(0, 400)}`);
}

export default inEveryForm("preparation of a version, checked and shared", run);
