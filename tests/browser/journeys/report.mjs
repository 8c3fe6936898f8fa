// Report a fault: first with an error, then right, on a page and on a requirement; without script and with it. The
// summary of errors has the focus, leads to the fields, and nothing that was typed is lost (A10, A11, A14, A16).

import { expect } from "./expect.mjs";

const focused = (page) => page.evaluate(() => document.activeElement?.id ?? "");
const summary = (page) => page.locator("#fel a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));

async function faulty(page, fields, title) {
  expect((await page.title()).startsWith(`Fel: ${title}`), `the title says first that something is wrong: ${await page.title()}`);
  expect((await focused(page)) === "fel", `the summary has the focus, not "${await focused(page)}"`);
  const above = await page.evaluate(() => Boolean(document.getElementById("fel").compareDocumentPosition(document.querySelector("h1")) & Node.DOCUMENT_POSITION_FOLLOWING));
  expect(above, "the summary stands above the heading");
  expect(JSON.stringify(await summary(page)) === JSON.stringify(fields), `the summary leads to ${fields}: ${await summary(page)}`);
  for (const field of fields) {
    await page.locator(`#fel a[href="${field}"]`).press("Enter");
    expect(`#${await focused(page)}` === field, `the link leads to the field ${field}, not "${await focused(page)}"`);
    const said = await page.locator(`${field}-fel`).innerText();
    const summed = await page.locator(`#fel a[href="${field}"]`).innerText();
    expect(said.endsWith(summed), `the same words stand at ${field}: ${said}`);
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  expect(wide, "the page with errors fits the window");
}

async function received(page) {
  expect(/^\/felrapporter\/[0-9a-f-]{36}$/.test(new URL(page.url()).pathname), `the receipt has an address of its own: ${page.url()}`);
  expect((await page.locator("h1").innerText()) === "Tack, rapporten är mottagen", "the receipt says that it is received");
  expect(/^FR-\d{4}$/.test(await page.locator("main dl dd").first().innerText()), "the receipt has a number");
  expect((await focused(page)) === "kvitto", `the heading of the receipt has the focus, not "${await focused(page)}"`);
}

async function run(page) {
  await page.goto("/krav/KB-0004");
  await page.locator("footer").getByRole("link", { name: "Rapportera fel på sidan" }).click();
  expect((await page.locator("#plats").inputValue()) === "/krav/KB-0004", "the form knows which page it was");
  expect((await page.locator("#epost").getAttribute("autocomplete")) === "email", "the browser can fill the address in");
  await page.locator("#hjalpmedel").fill("NVDA och Firefox");
  await page.locator("#epost").fill("anna@");
  await page.getByRole("button", { name: "Skicka rapporten" }).click();
  await faulty(page, ["#text", "#epost"], "Tillgänglighetsredogörelse");
  expect((await page.locator("#hjalpmedel").inputValue()) === "NVDA och Firefox", "what was typed is still there");
  expect((await page.locator("#epost").inputValue()) === "anna@", "also what is wrong");
  await page.locator("#text").fill("Rubriken läses inte upp.\nJag hör bara numret.");
  await page.locator("#epost").fill("anna@example.se");
  await page.getByRole("button", { name: "Skicka rapporten" }).click();
  await received(page);
  expect(!(await page.content()).includes("anna@example.se"), "the receipt does not show the address");

  await page.goto("/krav/KB-0004/v/1");
  await page.getByRole("link", { name: "Rapportera fel i kravet" }).click();
  expect((await page.locator("main").innerText()).includes("KB-0004:1"), "the form is about the version that was read");
  await page.locator("#stycke").selectOption({ index: 1 });
  const clause = await page.locator("#stycke").inputValue();
  await page.getByRole("button", { name: "Skicka rapporten" }).click();
  await faulty(page, ["#slag", "#text"], "Rapportera fel i KB-0004:1");
  expect((await page.locator("#stycke").inputValue()) === clause, "the clause is still chosen");
  await page.getByRole("radio", { name: "Texten är fel eller oklar" }).check();
  await page.locator("#text").fill("Ordet tål är oklart.");
  await page.getByRole("button", { name: "Skicka rapporten" }).click();
  await received(page);
  await page.getByRole("link", { name: "Tillbaka till kravet" }).click();
  expect(new URL(page.url()).pathname === "/krav/KB-0004/v/1", `the receipt leads back: ${page.url()}`);
}

export default [
  { name: "report a fault without script", settings: { javaScriptEnabled: false }, run },
  { name: "report a fault on a phone", settings: { viewport: { width: 320, height: 640 }, colorScheme: "dark" }, run },
];
