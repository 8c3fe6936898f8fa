// A region proposes a change of a requirement in five steps, beginning at the requirement; another stands behind it; a coordinator asks
// for more; it is completed, prepared, and everybody sees what became of it. With script, on a phone and without; two browsers.

import { expect, fits } from "./expect.mjs";
import { inEveryForm } from "./forms.mjs";

const REASON = "Hur många fabriker klarar gränsen i dag?";
let round = 0;

const text = (page) => page.locator("main").innerText();
const heading = (page) => page.locator("h1").innerText();
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

async function as(page, name) {
  await page.goto("/logga-in");
  await page.locator(".people__one", { hasText: name }).click();
}

async function propose(page) {
  round += 1;
  await as(page, "Johan Ek");
  await page.goto("/krav/KB-0011");
  await page.getByRole("link", { name: "Föreslå en ändring" }).click();
  expect((await page.locator("#krav").inputValue()) === "KB-0011", "the requirement is filled in");
  await fits(page);
  await press(page, "Spara och fortsätt");
  await page.waitForURL(/\/liknande(#|$)/);
  await fits(page);
  await page.locator("#liknande button").click();
  await page.waitForURL(/\/texten(#|$)/);
  await fits(page);
  // A clause of one's own after the first, moved down once; nothing is saved yet, and nothing lost.
  await page.getByRole("button", { name: /^Lägg till stycke efter 1$/ }).click();
  await page.locator("#stycke-2").fill(`Förpackningen ska gå att återvinna, omgång ${round}.`);
  await page.getByRole("button", { name: /2$/ }).and(page.locator("button[value=ned-2]")).click();
  expect((await page.locator("#stycke-3").inputValue()).startsWith("Förpackningen ska gå att återvinna"), "it has moved, with its words");
  await fits(page);
  await page.locator(".actions").getByRole("button", { name: "Spara och fortsätt" }).click();
  await page.waitForURL(/\/skalen(#|$)/);
  // Sent in half done, each lack leads to its field.
  await page.getByRole("link", { name: "Granska och skicka" }).click();
  await press(page, "Skicka in förslaget");
  expect((await page.title()).startsWith("Fel: "), `the title says that something is lacking: ${await page.title()}`);
  await page.locator("section").getByRole("link", { name: "Skriv vad problemet är" }).click();
  await page.waitForURL(/\/skalen#problem$/);
  await page.locator("#problem").fill("Plast bränns i dag.");
  await page.locator("#nytta").fill("Tio ton plast om året.");
  await page.locator("#produkter").fill("Papplådan 3000");
  await press(page, "Spara");
  // A file goes with it: first one that is something else than it says, then a fine one.
  await page.getByRole("link", { name: "Lägg till eller ta bort bilagor" }).click();
  await page.locator("#fil").setInputFiles({ name: "mätning.pdf", mimeType: "application/pdf", buffer: Buffer.from("<p>Nej</p>") });
  await press(page, "Ladda upp filen");
  expect((await page.locator("#fil-fel").innerText()).includes("Filen är en webbsida"), "it is told what the file is");
  await fits(page);
  const pdf = Buffer.from(`%PDF-1.4\n${round}\n%%EOF\n`);
  await page.locator("#fil").setInputFiles({ name: "mätning.pdf", mimeType: "application/pdf", buffer: pdf });
  await press(page, "Ladda upp filen");
  expect((await page.locator(".flash").innerText()).includes("Filen mätning.pdf är bifogad."), "it is attached");
  await fits(page);
  await page.getByRole("link", { name: "Granska förslaget" }).click();
  await page.waitForURL(/\/granska(#|$)/);
  expect((await text(page)).includes("mätning.pdf"), "the review shows it");
  expect((await page.locator("ins").allInnerTexts()).join(" ").includes("gå att återvinna"), "the changes stand as readers will see them");
  await fits(page);
  await press(page, "Skicka in förslaget");
  await page.waitForURL(/\/kvitto(#|$)/);
  expect((await heading(page)) === "Tack, förslaget är inskickat", "it is received");
  await fits(page);
  return page.locator("main dl dd").first().innerText();
}

async function run(page, another) {
  const number = await propose(page);
  expect(/^F-\d{4}-\d{4}$/.test(number), `it has a number: ${number}`);
  const path = `/forslag/${number}`;
  // Another region stands behind it; what is for those who prepare it does not see.
  const other = await another();
  await as(other, "Maryam Karimi");
  await other.goto(path);
  expect(!(await text(other)).includes("Papplådan"), "known products are for those who prepare");
  await press(other, "Ställ er bakom förslaget");
  expect((await other.locator(".flash").innerText()).includes(`Ni står bakom ${number}.`), "it is told");
  await fits(other);
  // A coordinator asks for more, first without a word.
  const prepares = await another();
  await as(prepares, "Karin Öberg");
  await prepares.goto(path);
  await prepares.getByRole("link", { name: "Handlägg" }).click();
  expect((await text(prepares)).includes("Papplådan"), "who prepares sees them");
  await prepares.getByRole("radio", { name: /^Begär komplettering/ }).check();
  await press(prepares, "Genomför");
  expect((await prepares.locator("#fel a").getAttribute("href")) === "#skal", "a reason is asked for");
  expect(await prepares.getByRole("radio", { name: /^Begär komplettering/ }).isChecked(), "the choice is kept");
  await fits(prepares);
  await prepares.locator("#skal").fill(REASON);
  await press(prepares, "Genomför");
  expect((await prepares.locator(".flash").innerText()).includes("får ett brev"), "its author is told");
  // The author completes it: the same number, the same support.
  await page.goto(path);
  expect((await text(page)).includes(REASON), "what is asked for stands on the page");
  await page.getByRole("link", { name: "Komplettera förslaget" }).click();
  await page.locator("main").getByRole("link", { name: "Skälen", exact: true }).click();
  await page.locator("#kontroll").fill("Fyra av fem fabriker klarar den.");
  await press(page, "Spara och fortsätt");
  await press(page, "Skicka in kompletteringen");
  await page.waitForURL(/\/kvitto(#|$)/);
  await prepares.goto(`/lmc/forslag/${number}`);
  await prepares.getByRole("radio", { name: /^Börja bereda/ }).check();
  await press(prepares, "Genomför");
  // Whoever looks sees all of it.
  const visitor = await another();
  await visitor.goto(path);
  const seen = await text(visitor);
  for (const words of ["Bereds", "Komplettering begärd", "Region Skåne", "Fyra av fem fabriker klarar den.", "Karin Öberg"]) {
    expect(seen.includes(words), `everybody sees “${words}”`);
  }
  await fits(visitor);
  const [download] = await Promise.all([visitor.waitForEvent("download"), visitor.getByRole("link", { name: "mätning.pdf" }).click()]);
  expect(download.suggestedFilename() === "mätning.pdf", `the file is saved as it is called: ${download.suggestedFilename()}`);
  // Taken back, so that the next round finds none like it under way.
  await page.goto(`${path}/atertagande`);
  await press(page, "Dra tillbaka förslaget");
  expect((await text(page)).includes("Tillbakadraget"), "it is withdrawn");
}

export default inEveryForm("a proposal from the wish to the preparation", run);
