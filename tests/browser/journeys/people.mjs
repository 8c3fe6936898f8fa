// Two people, each with a browser of their own. A supplier registers, sends a report that is held, is approved by a
// coordinator, and signs in with a second factor. An administrator ends a session, and the next click of its owner asks to
// sign in: what was half-written is shown again, and is sent once, by hand (A26). With script, on a phone and without.

import { code } from "../lib/totp.mjs";
import { expect, fits } from "./expect.mjs";
import { inEveryForm } from "./forms.mjs";

const PASSWORD = "fyra ord som inte passar";
let bidders = 0;

const text = (page) => page.locator("main").innerText();
const path = (page) => new URL(page.url()).pathname;
const press = (page, name) => page.getByRole("button", { name }).click();

// As one of the invented people.
async function as(page, name) {
  await page.goto("/logga-in");
  await page.locator(".people__one", { hasText: name }).click();
}

// Follows the button of the newest letter to an address.
async function openLetter(page, to, subject) {
  const letter = page.locator(".memberships__one", { hasText: to }).filter({ hasText: subject });
  // A job writes it, a moment later.
  for (let tries = 0; tries < 40; tries += 1) {
    await page.goto("/exempel/brev");
    if (await letter.count()) break;
    await page.waitForTimeout(250);
  }
  await letter.first().getByRole("link").click();
  expect((await page.locator("h1").innerText()).includes(subject), `the letter says what it is about: ${await page.locator("h1").innerText()}`);
  await fits(page);
  await page.locator("article a.btn").click();
}

async function report(page, words) {
  await page.goto("/krav/KB-0007/rapportera-fel");
  await page.getByRole("radio", { name: "Texten är fel eller oklar" }).check();
  await page.locator("#text").fill(words);
  await press(page, "Skicka rapporten");
  expect((await page.locator("h1").innerText()) === "Tack, rapporten är mottagen", "it is received");
  return page.locator("main dl dd").first().innerText();
}

const inInbox = async (page, reference) => {
  await page.goto("/lmc/inkorg?slag=fel-i-krav");
  await fits(page);
  return (await page.locator(".task .ref").allInnerTexts()).includes(reference);
};

async function supplier(page, another) {
  bidders += 1;
  const [company, email] = [`Resebolaget ${bidders} AB`, `eva${bidders}@resebolaget${bidders}.example`];
  await page.goto("/logga-in");
  await page.getByRole("link", { name: "Skaffa ett konto" }).click();
  await page.getByRole("link", { name: /^Leverantörer/ }).click();
  await press(page, "Skicka ansökan");
  expect((await page.title()).startsWith("Fel: "), "an empty application is no application");
  await page.getByLabel("Namn", { exact: true }).fill(`Eva Resande ${bidders}`);
  await page.getByLabel("E-postadress").fill(email);
  await page.getByRole("radio", { name: "Leverantör" }).check();
  await page.locator("#organisation").fill(company);
  await press(page, "Skicka ansökan");
  await fits(page);
  await openLetter(page, email, "Bekräfta");
  expect((await text(page)).includes(company), "it is said for whom");
  await page.locator("#losenord").fill(PASSWORD);
  await page.locator("main form button").first().click();
  await page.goto("/mitt");
  expect((await text(page)).includes("Väntar på godkännande"), "the membership waits");
  await fits(page);

  // What is sent meanwhile is kept and held.
  const reference = await report(page, `Ordet i andra stycket saknas (${bidders}).`);
  const coordinator = await another();
  await as(coordinator, "Ali Hassan");
  expect(!(await inInbox(coordinator, reference)), "nobody is given it to deal with");
  await coordinator.goto("/organisationer?slag=leverantor");
  expect(!(await text(coordinator)).includes(company), "and the company is not listed");

  await coordinator.goto("/lmc/konton");
  await fits(coordinator);
  await press(coordinator, `Godkänn Eva Resande ${bidders}`);
  expect((await coordinator.locator(".flash").count()) === 1, "it is said that it is done");
  expect(!(await text(coordinator)).includes(company), "it waits no longer");
  expect(await inInbox(coordinator, reference), "what was sent is there to deal with");
  await coordinator.goto("/organisationer?slag=leverantor");
  expect((await text(coordinator)).includes(company), "and the company is listed");

  // The next click knows: who has roles now signs in to have them.
  await page.goto("/mitt");
  expect(path(page) === "/logga-in", `they sign in anew: ${page.url()}`);
  await page.locator("#epost").fill(email);
  await page.locator("#losenord").fill(PASSWORD);
  await page.locator("main form").first().getByRole("button", { name: "Logga in", exact: true }).click();
  expect(path(page) === "/mitt", `and are led on: ${page.url()}`);
  expect((await text(page)).includes("Administratör för organisationen"), "the first of a company looks after its accounts");
  await page.locator("main").getByRole("link", { name: "Inloggning i två steg" }).first().click();
  await press(page, "Börja");
  if (path(page) === "/mitt/bekrafta") {
    await page.locator("#losenord, #nuvarande").first().fill(PASSWORD);
    await page.locator("main form button").first().click();
    if (!(await page.locator(".secret code").count())) await press(page, "Börja");
  }
  const key = await page.locator(".secret code").innerText();
  await page.getByLabel("Kod", { exact: true }).fill(code(key));
  await press(page, "Slå på inloggning i två steg");
  await fits(page);
  await press(page, "Jag har sparat koderna");

  await page.goto("/mitt");
  await page.locator("main").getByRole("button", { name: "Logga ut", exact: true }).click();
  await page.goto("/mitt");
  expect(path(page) === "/logga-in", "signed out");
  await page.locator("#epost").fill(email);
  await page.locator("#losenord").fill(PASSWORD);
  await page.locator("main form").first().getByRole("button", { name: "Logga in", exact: true }).click();
  expect(path(page) === "/logga-in/kod", `a code is asked for: ${page.url()}`);
  await fits(page);
  await page.locator("#kod").fill("000000");
  await page.locator("main form button").first().click();
  expect((await page.title()).startsWith("Fel: "), "not any code");
  // That of the next half minute: each is good once.
  await page.locator("#kod").fill(code(key, Date.now() + 30_000));
  await page.locator("main form button").first().click();
  expect(path(page) === "/mitt", `the right one lets in: ${page.url()}`);
  expect((await page.locator(".who__for").innerText()) === company, "for the company");
}

const WORDS = "Kravet hänvisar till en bilaga som saknas.\n\nSe sista stycket, “bilaga 2”.";

async function ended(page, another) {
  await as(page, "Sofia Lund");
  await page.goto("/krav/KB-0008/rapportera-fel");
  await page.getByRole("radio", { name: "Texten är fel eller oklar" }).check();
  await page.locator("#text").fill(WORDS);

  const administrator = await another();
  await as(administrator, "Birgit Nyström");
  await administrator.goto("/admin/konton?q=Sofia");
  await administrator.getByRole("link", { name: "Sofia Lund" }).click();
  await fits(administrator);
  await press(administrator, /^Logga ut/);
  expect((await text(administrator)).includes("inte inloggad någonstans"), "nobody is signed in any more");

  await press(page, "Skicka rapporten");
  expect((await page.locator("h1").innerText()) === "Logga in för att fortsätta", "the very next click asks to sign in");
  expect((await text(page)).includes("ingenting är skickat"), "and says that nothing was sent");
  await fits(page);
  await page.locator(".people__one", { hasText: "Sofia Lund" }).click();
  expect((await page.title()).startsWith("Inte skickat: "), `it is shown and not sent: ${await page.title()}`);
  expect((await page.locator("#text").inputValue()) === WORDS, "every word is there");
  expect(await page.getByRole("radio", { name: "Texten är fel eller oklar" }).isChecked(), "and every choice");
  await fits(page);
  await press(page, "Skicka rapporten");
  expect((await page.locator("h1").innerText()) === "Tack, rapporten är mottagen", "sent by hand, it is received");
  const reference = await page.locator("main dl dd").first().innerText();

  const coordinator = await another();
  await as(coordinator, "Ali Hassan");
  await coordinator.goto("/lmc/inkorg?slag=fel-i-krav");
  const found = (await coordinator.locator(".task .ref").allInnerTexts()).filter((one) => one === reference);
  expect(found.length === 1, "and is there once");
}

export default [...inEveryForm("a supplier is approved and signs in in two steps", supplier), ...inEveryForm("an administrator ends a session", ended)];
