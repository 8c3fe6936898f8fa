// A coordinator reads in a spreadsheet: two cells are wrong, the report names them, the mended file is read in, and the
// requirements are in preparation. Without script, on a phone and with script.

import { join } from "node:path";
import { expect, fits } from "./expect.mjs";

const files = join(import.meta.dirname, "../../data/spreadsheets");

// The work takes a moment: without script the page is asked for again by its link, with script it comes by itself.
async function worked(page, script, wanted) {
  for (let tries = 0; tries < 40; tries += 1) {
    if ((await page.locator(".page-header .tag").innerText()) === wanted) return;
    if (script) await page.waitForTimeout(500);
    else {
      await page.waitForTimeout(250);
      const link = page.getByRole("link", { name: "Uppdatera sidan" });
      if (await link.count()) await link.click();
      else await page.reload();
    }
  }
  throw new Error(`not so: the file is ${wanted}, not ${await page.locator(".page-header .tag").innerText()}`);
}

async function send(page, file) {
  await page.locator("#fil").setInputFiles(join(files, file));
  await page.getByRole("button", { name: "Ladda upp och granska" }).click();
}

const run = (script) => async (page) => {
  await page.goto("/logga-in");
  await page.getByRole("button", { name: /Ali Hassan/ }).click();
  await page.goto("/importformat");
  await page.getByRole("link", { name: "Läs in en fil i webbläsaren" }).click();
  await fits(page);
  await page.getByRole("button", { name: "Ladda upp och granska" }).click();
  expect((await page.title()).startsWith("Fel: Läs in krav"), `the title says first that something is wrong: ${await page.title()}`);
  expect((await page.evaluate(() => document.activeElement?.id)) === "fel", "the summary has the focus");
  expect((await page.locator("#fel a").innerText()) === "Välj en fil.", "a file is asked for");

  await send(page, "tva-fel.xlsx");
  await worked(page, script, "Granskad");
  await fits(page);
  expect((await page.locator("main").innerText()).includes("2 rader har fel. Ingenting är sparat."), "the report says that two rows are wrong");
  const cells = await page.locator("tbody th").allInnerTexts();
  expect(JSON.stringify(cells) === JSON.stringify(["D2", "N3"]), `the report names the two cells: ${cells}`);
  const table = await page.locator("tbody").innerText();
  expect(table.includes("Mellan") && table.includes("30 juni 2029"), `and what stands there: ${table}`);
  expect((await page.getByRole("button", { name: /till beredning/ }).count()) === 0, "nothing can be read in");

  await page.getByRole("link", { name: "Ladda upp en fil igen" }).click();
  await send(page, "tva-fel-rattade.xlsx");
  await worked(page, script, "Granskad");
  await page.getByRole("button", { name: "Läs in 2 krav till beredning" }).click();
  await worked(page, script, "Inläst");
  await fits(page);
  await page.getByRole("link", { name: "Handskar utan puder" }).click();
  expect((await page.locator("h1").innerText()).includes("Handskar utan puder"), "the requirement is there");
  expect((await page.locator("main").innerText()).includes("beredning"), "and is in preparation");
};

export default [
  { name: "import a spreadsheet without script", settings: { javaScriptEnabled: false }, run: run(false) },
  { name: "import a spreadsheet on a phone", settings: { viewport: { width: 320, height: 640 }, colorScheme: "dark", javaScriptEnabled: false }, run: run(false) },
  { name: "import a spreadsheet with script", settings: {}, run: run(true) },
];
