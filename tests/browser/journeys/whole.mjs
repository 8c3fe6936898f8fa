// From a wish to a decision, and what became of it for each who took part: a region proposes a change and another stands behind it,
// a third says the same in other words, a supplier comments on the clause, the network asks for completion, merges what is twice,
// takes it in, mends what the checker finds; somebody else decides from next Monday, the clock passes, and page, comparison, old
// selection, proposals and comment all say what holds now. With script, on a phone and without; six browsers.

import { DAY, day } from "../lib/clock.mjs";
import { expect, fits } from "./expect.mjs";
import { inEveryForm } from "./forms.mjs";
import { press, signIn, within } from "./workbench.mjs";

const NUMBER = "KB-0083";
const REQUIREMENT = `/krav/${NUMBER}`;
const WORKBENCH = `/lmc${REQUIREMENT}`;
const COMPLETE = "Hur många tillverkare klarar provet i dag?";
// How the sacks are tried, in each round another way.
const TRIALS = ["vid full volym", "i fem graders kyla", "i fuktig värme"];
let round = 0;

const flash = (page) => page.locator(".flash").innerText();

function nextMonday(now) {
  let at = now + DAY;
  while (new Date(`${day(at)}T12:00:00Z`).getUTCDay() !== 1) at += DAY;
  return day(at);
}

async function sees(page, path, words) {
  await page.goto(path);
  const seen = await within(page);
  for (const one of words) expect(seen.includes(one), `${path} says “${one}”: ${seen.slice(0, 1500)}`);
  await fits(page);
}

// The region's officer has the requirement in a selection, as it is now. Says where the selection is, and which version it holds.
async function collect(page) {
  await page.goto(REQUIREMENT);
  await page.locator("main").getByRole("button", { name: /^Lägg i korg/ }).first().click();
  await page.locator(".flash").getByRole("link", { name: "Visa korgen" }).click();
  return new URL(page.url()).pathname;
}

// A change of the clause at a place, in five steps. Gives the number of the proposal.
async function propose(page, text, problem) {
  await page.goto(REQUIREMENT);
  await page.getByRole("link", { name: "Föreslå en ändring" }).click();
  await press(page, "Spara och fortsätt");
  await page.waitForURL(/\/liknande(#|$)/);
  const alike = await within(page);
  await page.locator("#liknande button").click();
  await page.waitForURL(/\/texten(#|$)/);
  await page.locator("#stycke-3").fill(text);
  await page.locator(".actions").getByRole("button", { name: "Spara och fortsätt" }).click();
  await page.waitForURL(/\/skalen(#|$)/);
  await page.locator("#problem").fill(problem);
  await page.locator("#nytta").fill("Färre säckar brister, och mindre plast går åt.");
  await press(page, "Spara och fortsätt");
  await page.waitForURL(/\/granska(#|$)/);
  await fits(page);
  await press(page, "Skicka in förslaget");
  await page.waitForURL(/\/kvitto(#|$)/);
  const number = await page.locator("main dl dd").first().innerText();
  expect(/^F-\d{4}-\d{4}$/.test(number), `it has a number: ${number}`);
  return { number, alike };
}

async function step(page, number, name, { reason, into } = {}) {
  await page.goto(`/lmc/forslag/${number}`);
  await page.getByRole("radio", { name }).check();
  if (reason) await page.locator("#skal").fill(reason);
  if (into) await page.locator("#till").fill(into);
  await press(page, "Genomför");
  expect((await flash(page)).includes("får ett brev"), "who wrote it is told");
}

async function comment(page, text) {
  await signIn(page, "Sofia Lund");
  await page.goto(REQUIREMENT);
  await page.getByRole("link", { name: "Kommentera stycket 3" }).click();
  await page.getByRole("radio", { name: /^Fråga/ }).check();
  await page.locator("#text").fill(text);
  await press(page, "Skicka tråden");
  await page.waitForURL(/\/dialog\/[0-9a-f-]{36}(#|$)/);
  return new URL(page.url()).pathname;
}

// Into a new version; what the checker finds is mended, what is lacking is written, and it is laid before who decides.
async function prepare(page, number, proposed, mended) {
  await page.goto(`/lmc/forslag/${number}`);
  await page.getByRole("link", { name: "Välj vad som tas in" }).click();
  await fits(page);
  for (const box of await page.locator("input[name=del]").all()) await box.check();
  await press(page, "Ta in förslaget i versionen");
  expect((await flash(page)).includes("Förslaget är intaget."), "it is taken in");
  await page.goto(`${WORKBENCH}/redigera`);
  expect((await page.locator("#stycke-3").inputValue()) === proposed, "the clause stands as it was proposed");
  await press(page, "Granska texten");
  await page.waitForURL(/#granskningen$/);
  expect((await page.locator(".hints .tag").allInnerTexts()).includes("Likvärdigt saknas"), "the standard without its equal is found");
  await fits(page);
  await page.locator("#stycke-3").fill(mended);
  await press(page, "Granska texten");
  expect(!(await page.locator(".hints .tag").allInnerTexts()).includes("Likvärdigt saknas"), "mended, it is not");
  await page.locator("input[name=andringar][value=meaning]").check();
  await page.locator("#andringsnotis").fill("Säckarna provas vid full volym.");
  await page.locator("#pagaende_avtal").fill("Pågående avtal berörs inte.");
  const version = (await page.locator(".page-header .ref").innerText()).split(":")[1];
  await page.locator(".editor__save").getByRole("button", { name: "Spara och stäng" }).click();
  await page.getByRole("radio", { name: /^Lägg fram för beslut/ }).check();
  await press(page, "Genomför");
  expect((await within(page)).includes("Klar för beslut"), "it is ready");
  return Number(version);
}

async function draft(page, title, cited) {
  await page.goto("/lmc/beslut/nytt");
  await page.locator("#rubrik").fill(title);
  await page.locator("label.choice", { hasText: cited }).locator("input").check();
  await press(page, "Skapa utkastet");
  const path = new URL(page.url()).pathname;
  await page.locator("section[aria-labelledby=sagt] a[href$='#dag']").click();
  for (const [field, text] of [["organ", "Nätverkets styrgrupp"], ["dag", "2026-11-20"], ["paragraf", "§ 41"], ["dnr", "LMC 2026/0141"], ["skal", "Säckar som brister kostar mer än de smakar."]]) {
    await page.locator(`#${field}`).fill(text);
  }
  await press(page, "Spara");
  await page.waitForURL(new RegExp(`${path}(#|$)`));
  await press(page, "Lämna till beslutsfattare");
  expect((await within(page)).includes("Utkastet ligger hos beslutsfattaren."), "it is handed over");
  return path;
}

async function decide(page, path, from) {
  await signIn(page, "Gunilla Ström");
  await page.goto(path);
  await page.getByRole("link", { name: "Ange utfall", exact: true }).click();
  await page.locator(`#utfall-${NUMBER}`).selectOption("bifall");
  await page.locator(`#fran-${NUMBER}`).fill(from);
  await press(page, "Spara");
  await page.locator(`a[href="${path}/besluta"]`).click();
  await page.waitForURL(/\/besluta(#|$)/);
  await fits(page);
  await page.locator("main form button[type=submit]").last().click();
  await page.waitForURL(/\/beslut\/B-\d{4}-\d{4}(#|$)/);
  return new URL(page.url()).pathname;
}

async function run(region, another, clock) {
  const trial = TRIALS[round % TRIALS.length];
  round += 1;
  const proposed = `Säckarna ska klara proven på bärförmåga i SS-EN 13592 ${trial}, omgång ${round}.`;
  const mended = proposed.replace("13592", "13592 eller likvärdigt");
  const asked = `Gäller provet även påsar under tio liter, omgång ${round}?`;

  // A wish, and those who share it.
  await signIn(region, "Johan Ek");
  const selection = await collect(region);
  const { number } = await propose(region, proposed, "Säckar brister när de är fulla.");
  const other = await another();
  await signIn(other, "Maryam Karimi");
  await other.goto(`/forslag/${number}`);
  await press(other, "Ställ er bakom förslaget");
  expect((await flash(other)).includes(`Ni står bakom ${number}.`), "another region stands behind it");
  const same = await propose(other, `${proposed} Även små påsar.`, "Det samma, men i egna ord.");
  expect(same.alike.includes(number), "what is under way already is shown to who proposes the same");
  const supplier = await another();
  const thread = await comment(supplier, asked);

  // The network prepares.
  const network = await another();
  await signIn(network, "Karin Öberg");
  await step(network, number, /^Begär komplettering/, { reason: COMPLETE });
  await sees(region, `/forslag/${number}`, [COMPLETE]);
  await region.getByRole("link", { name: "Komplettera förslaget" }).click();
  await region.locator("main").getByRole("link", { name: "Skälen", exact: true }).click();
  await region.locator("#kontroll").fill("Fyra av fem tillverkare klarar provet.");
  await press(region, "Spara och fortsätt");
  await press(region, "Skicka in kompletteringen");
  await region.waitForURL(/\/kvitto(#|$)/);
  await step(network, number, /^Börja bereda/);
  await step(network, same.number, /^Slå ihop med ett annat/, { reason: "Samma sak i andra ord.", into: number });
  await network.goto(thread);
  await network.locator("#text").fill("Ja. Versionen som bereds säger det.");
  await network.getByRole("checkbox", { name: /Svar från/ }).check();
  await press(network, "Skicka svaret");
  const version = await prepare(network, number, proposed, mended);
  const cited = `${NUMBER}:${version}`;

  // Somebody else decides for next Monday; until then the old holds.
  const title = `Säckar som håller, omgång ${round}`;
  const path = await draft(network, title, cited);
  const decider = await another();
  const monday = nextMonday(clock.now());
  const decision = await decide(decider, path, monday);
  const decided = decision.split("/").pop();
  const visitor = await another();
  await sees(visitor, decision, [title, cited, number, "Gunilla Ström"]);
  await visitor.goto(REQUIREMENT);
  expect(!(await within(visitor)).includes(mended), "before its day it does not hold");
  while (day(clock.now()) < monday) clock.passes(DAY);

  // What holds now, and what was changed.
  await sees(visitor, REQUIREMENT, [mended, `Version ${version}`]);
  await visitor.goto(`${REQUIREMENT}/jamfor?fran=${version - 1}&till=${version}`);
  const added = (await visitor.locator("main ins").allInnerTexts()).join(" ");
  expect(added.includes(trial.split(" ")[1]) && added.includes(`${round}`), `what came is marked: ${added}`);
  expect((await visitor.locator("main del").count()) > 0, "and what went");
  expect((await visitor.locator("main ins, main del").allInnerTexts()).every((text) => !text.includes("SS-EN")), "and what stayed is not");
  await fits(visitor);
  // Days have passed, so that everybody signs in anew.
  await signIn(region, "Johan Ek");
  await region.goto(selection);
  const kept = await within(region);
  expect(kept.includes("Nyare version finns") && kept.includes(`Nu gäller version ${version}.`), `the old selection says so: ${kept.slice(0, 900)}`);
  await fits(region);

  // What became of the part of each.
  await sees(region, `/forslag/${number}`, ["Antaget", decided, cited, "Fyra av fem tillverkare klarar provet."]);
  await signIn(other, "Maryam Karimi");
  await sees(other, `/forslag/${same.number}`, ["Hopslaget", number]);
  await other.locator("main").getByRole("link", { name: number, exact: true }).first().click();
  expect((await within(other)).includes(decided), "what it was merged into leads to the decision");
  await signIn(supplier, "Sofia Lund");
  await sees(supplier, thread, [asked, "Ja. Versionen som bereds säger det.", `version ${version - 1}`]);
  await supplier.getByRole("link", { name: "Visa stycket som det var" }).click();
  expect(!(await within(supplier)).includes(mended), "the clause is there as it was commented on");
  await signIn(network, "Karin Öberg");
  await sees(network, decision, [number]);
}

export default inEveryForm("from a wish to a decision and what became of it", run).map((journey) => ({ ...journey, clock: true }));
