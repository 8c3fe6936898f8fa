// Coming in: through the service of one's region, and in two steps.

import { PERSON } from "../lib/provider.mjs";
import { code } from "../lib/totp.mjs";
import { expect, fits } from "./expect.mjs";

const path = (page) => new URL(page.url()).pathname;

// A person of a region comes in through a real provider, sees whom they act for, and signs out again.
async function service(page) {
  await page.goto("/ordlista");
  await page.getByRole("link", { name: "Logga in", exact: true }).click();
  await page.getByRole("button", { name: "Logga in med Region Skåne" }).click();
  // A page of ours goes on to the service by itself, since a form may not.
  await page.waitForURL(/\/interaction\//);
  expect(new URL(page.url()).pathname.startsWith("/interaction/"), `the service asks who it is: ${page.url()}`);
  await page.locator("input[name=login]").fill(PERSON.sub);
  await page.locator("input[name=password]").fill("whatever");
  await page.locator("button[type=submit]").click();
  await page.locator("button[type=submit]").click();
  expect(path(page) === "/ordlista", `one comes back to where one was: ${page.url()}`);
  expect((await page.locator(".who__name").innerText()) === PERSON.name, "the page says who one is");
  expect((await page.locator(".who__for").innerText()) === "Region Skåne", "and whom one works for");
  await page.goto("/mitt");
  expect((await page.locator(".memberships__one--now").innerText()).includes("Medlem"), "as a member");
  await page.goto("/mitt/konto");
  await page.getByRole("link", { name: "Inloggningstjänster" }).click();
  expect((await page.locator(".memberships__one h2").innerText()) === "Region Skåne", "the service is linked");
  await page.goto("/mitt");
  await page.locator("main").getByRole("button", { name: "Logga ut" }).click();
  expect((await page.locator(".who__name").count()) === 0, "one is signed out");
  await page.goto("/mitt");
  expect(path(page) === "/logga-in", "and has to sign in again");
}

// Somebody of the example bank gives an app a key, keeps the codes, and stops again.
async function twoSteps(page) {
  await page.goto("/logga-in");
  await page.getByRole("button", { name: /Anders Wik/ }).click();
  await page.getByRole("link", { name: "Inloggning i två steg" }).first().click();
  await page.getByRole("button", { name: "Börja" }).click();
  const key = await page.locator(".secret code").innerText();
  await page.getByLabel("Kod", { exact: true }).fill("000000");
  await page.getByRole("button", { name: "Slå på inloggning i två steg" }).click();
  expect((await page.evaluate(() => document.activeElement?.id)) === "fel", "the summary has the focus");
  expect((await page.locator(".secret code").innerText()) === key, "the key is the same");
  await fits(page);
  await page.getByLabel("Kod", { exact: true }).fill(code(key));
  await page.getByRole("button", { name: "Slå på inloggning i två steg" }).click();
  expect((await page.locator(".codes li").count()) === 10, "there are ten recovery codes");
  await fits(page);
  const recovery = await page.locator(".codes code").first().innerText();
  await page.getByRole("button", { name: "Jag har sparat koderna" }).click();
  await page.getByRole("link", { name: "Sluta logga in i två steg" }).click();
  await page.getByRole("button", { name: "Sluta logga in i två steg" }).click();
  expect((await page.locator("main").innerText()).includes("Du loggar inte längre in i två steg."), "it is taken away");
  expect(!(await page.content()).includes(recovery), "the codes are not shown again");
}

export default [
  { name: "sign in through a service without script", settings: { javaScriptEnabled: false }, run: service, needs: "provider" },
  { name: "sign in in two steps", settings: {}, run: twoSteps },
  { name: "sign in in two steps on a phone", settings: { viewport: { width: 320, height: 640 }, colorScheme: "dark", javaScriptEnabled: false }, run: twoSteps },
];
