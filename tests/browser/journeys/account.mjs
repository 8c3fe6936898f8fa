// What somebody has typed and chosen, around signing in: a selection goes with them into the account and is shared with a
// colleague; a form that was written when the session ended is shown again and sent once, by hand (A26). Without script and
// with it; the menu under the name closes with Escape and with a click elsewhere where there is script.

import { expect, fits } from "./expect.mjs";
import { inEveryForm } from "./forms.mjs";

const signIn = async (page, name) => {
  await page.goto("/logga-in");
  await page.locator(".people__one", { hasText: name }).click();
};
const names = (page) => page.locator(".selections h2, .selections h3").allInnerTexts();

async function signOut(page) {
  await page.goto("/mitt");
  await page.locator("main").getByRole("button", { name: "Logga ut", exact: true }).click();
}

async function follows(page) {
  await page.goto("/krav/KB-0001");
  await page.getByRole("button", { name: "Lägg i korg" }).first().click();
  await page.goto("/korgar");
  const path = await page.locator(".selections h2 a").getAttribute("href");
  await signIn(page, "Åsa Lindqvist");
  const said = await page.locator(".flash").innerText();
  expect(/följde med in i kontot/.test(said), `it is told that the selection came along: ${said}`);
  await page.locator(".flash").getByRole("link", { name: "Visa korgarna" }).click();
  expect((await names(page))[0] === "Min korg", `it stands first among one's own: ${await names(page)}`);
  await fits(page);
  // Shared with colleagues.
  await page.locator(".selections h2 a").first().click();
  await page.getByRole("link", { name: "Dela och lämna över" }).click();
  await page.getByRole("radio", { name: "Läsa, kopiera och hämta filer" }).check();
  await page.getByRole("button", { name: "Spara valet" }).click();
  expect((await page.locator(".flash").innerText()).includes("Nu kan dina kollegor läsa korgen."), "it is shared");
  await fits(page);
  await signOut(page);
  expect((await page.goto(path)).status() === 404, "signed out, the browser no longer opens it");
  await page.goto("/korgar");
  expect(!(await names(page)).includes("Min korg"), "nor lists it");
  // A colleague.
  await signIn(page, "Per Sjöberg");
  await page.goto("/korgar");
  const shared = page.locator(`.selections--others a[href="${path}"]`);
  expect((await shared.count()) === 1, "the colleague sees it");
  await shared.click();
  expect((await page.locator("main").innerText()).includes("Åsa Lindqvist äger korgen"), "with its owner's name");
  expect((await page.locator("main form[method=post]").count()) === 0, "and can change nothing");
  await fits(page);
  await signOut(page);
  // Taken away again, for whoever comes next.
  await signIn(page, "Åsa Lindqvist");
  await page.goto(`${path}/ta-bort`);
  await page.getByRole("button", { name: "Ta bort korgen" }).click();
}

const TEXT = "Kravet nämner en norm som inte längre gäller.\n\nDen ersattes 2025, se “SIS”.";

async function expires(page) {
  await signIn(page, "Maryam Karimi");
  await page.goto("/krav/KB-0004/rapportera-fel");
  await page.getByRole("radio", { name: "Texten är fel eller oklar" }).check();
  await page.locator("#text").fill(TEXT);
  await page.context().clearCookies({ name: "session" });
  await page.getByRole("button", { name: "Skicka rapporten" }).click();
  expect((await page.locator("h1").innerText()) === "Logga in för att fortsätta", "one is asked to sign in");
  expect((await page.locator("main").innerText()).includes("ingenting är skickat"), "and told that nothing was sent");
  await fits(page);
  await page.locator(".people__one", { hasText: "Maryam Karimi" }).click();
  expect((await page.title()).startsWith("Inte skickat: "), `the title says that it was not sent: ${await page.title()}`);
  expect((await page.evaluate(() => document.activeElement?.id)) === "igen", "the message has the focus");
  expect((await page.locator("#text").inputValue()) === TEXT, "every word is there");
  expect(await page.getByRole("radio", { name: "Texten är fel eller oklar" }).isChecked(), "and every choice");
  await fits(page);
  await page.getByRole("button", { name: "Skicka rapporten" }).click();
  await page.waitForURL(/\/felrapporter\//);
  expect((await page.locator("h1").innerText()) === "Tack, rapporten är mottagen", "sent by hand, it is received");
}

async function menu(page) {
  await signIn(page, "Karin Öberg");
  const open = () => page.locator("details.who").evaluate((menu) => menu.open);
  await page.locator("details.who summary").click();
  expect(await open(), "the menu opens");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  expect(!(await open()), "Escape closes it");
  expect(await page.evaluate(() => document.activeElement?.tagName === "SUMMARY"), "and leads back to the name");
  await page.locator("details.who summary").click();
  await page.locator("h1").click();
  expect(!(await open()), "a click elsewhere closes it");
}

export default [...inEveryForm("a selection goes with who signs in", follows), ...inEveryForm("a form is kept through an ended session", expires), { name: "the menu under the name closes", run: menu }];
