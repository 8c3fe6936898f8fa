// A coordinator takes a report from the inbox, notes something, closes it, and finds it gone from the list. Without script.

import { expect, fits } from "./expect.mjs";

async function run(page) {
  await page.goto("/logga-in");
  await page.getByRole("button", { name: /Ali Hassan/ }).click();
  await page.goto("/mitt");
  await page.getByRole("link", { name: "Till inkorgen" }).click();
  await fits(page);
  await page.getByRole("link", { name: /^Fel i krav/ }).click();
  const task = page.locator(".task").first();
  const reference = await task.locator(".ref").innerText();
  await task.getByRole("button", { name: "Ta uppgiften" }).click();
  expect((await page.locator(".flash__text").innerText()) === "Du har uppgiften.", "it is said that it is taken");
  await page.getByRole("link", { name: /^Mina/ }).click();
  expect((await page.locator(".task .ref").allInnerTexts()).includes(reference), "it is among one's own");
  await page.locator(".task__title a").first().click();
  await fits(page);
  await page.locator("#anteckning").fill("Frågat utgivaren av standarden.");
  await page.getByRole("button", { name: "Spara anteckningen" }).click();
  expect((await page.locator(".thread").innerText()).includes("Frågat utgivaren"), "the note is there");
  await page.getByRole("button", { name: "Avsluta rapporten" }).click();
  expect((await page.locator("#fel a").allInnerTexts()).length === 2, "an outcome and a reason are asked for");
  await page.getByRole("radio", { name: "Rättat", exact: true }).check();
  await page.locator("#skal").fill("Hänvisningen är ny i nästa version.");
  await page.getByRole("button", { name: "Avsluta rapporten" }).click();
  expect((await page.locator(".flash__text").innerText()) === "Rapporten är avslutad.", "it is said that it is closed");
  await page.goto("/lmc/inkorg");
  expect(!(await page.locator(".task .ref").allInnerTexts()).includes(reference), "it waits no longer");
}

export default [
  { name: "deal with a report without script", settings: { javaScriptEnabled: false }, run },
];
