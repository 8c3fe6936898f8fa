// Runs the program once, and journeys and checks against it in a real Chromium.
//
//   node run.mjs [--only TEXT] [--page PATH]...
//
// `--only` picks checks and journeys whose name contains the text, `--page` picks pages. KRAVBANK_PROGRAM names the
// program (target/debug/kravbank); KRAVBANK_TEST_ORIGIN tests a server that runs already. A failed check or journey
// leaves a picture in out/.

import { mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { CHECKS } from "./checks/index.mjs";
import { JOURNEYS } from "./journeys/index.mjs";
import { launch } from "./lib/chromium.mjs";
import { installTools } from "./lib/in-page.mjs";
import { startClock } from "./lib/clock.mjs";
import { problem, Report } from "./lib/report.mjs";
import { startProvider } from "./lib/provider.mjs";
import { fillSelection, findSelections } from "./lib/selection.mjs";
import { startServer } from "./lib/server.mjs";
import { visits } from "./pages.mjs";

const here = import.meta.dirname;
const out = join(here, "out");
const { values: chosen } = parseArgs({ options: { only: { type: "string" }, page: { type: "string", multiple: true } } });
const wanted = ({ name }) => !chosen.only || name.includes(chosen.only);

// Light and wide, dark and narrow. axe injects its script, so its pages are opened without the security policy.
const WIDE = { viewport: { width: 1280, height: 800 }, colorScheme: "light" };
const NARROW = { viewport: { width: 320, height: 640 }, colorScheme: "dark" };
const VIEWS = {
  wide: WIDE,
  narrow: NARROW,
  "axe-wide": { ...WIDE, bypassCSP: true },
  "axe-narrow": { ...NARROW, bypassCSP: true },
};

// Leaves a picture of the page as it is.
async function picture(page, name) {
  const file = name.replace(/[^\w-]+/g, "_").replace(/^_|_$/g, "");
  await page.screenshot({ path: join(out, `${file}.png`), fullPage: true }).catch(() => {});
}

// Opens one page in one view, and runs the checks that want it.
async function look(context, view, visit, origin, report) {
  const checks = CHECKS.filter((check) => wanted(check) && check.views.includes(view) && (check.when?.(visit) ?? true));
  if (!checks.length) return;
  const page = await context.newPage();
  const seen = { requests: [], messages: [], failed: [] };
  page.on("request", (request) => seen.requests.push(request.url()));
  page.on("requestfailed", (request) => seen.failed.push(`${request.url()} failed: ${request.failure()?.errorText}`));
  page.on("pageerror", (error) => seen.messages.push({ text: String(error), url: "" }));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && seen.messages.push({ text: message.text(), url: message.location().url }));
  const open = () => page.goto(origin + visit.path, { waitUntil: "load" });

  const place = `${visit.path} (${view})`;
  let response;
  try {
    response = await open();
  } catch (error) {
    report.add("opens", place, [String(error).split("\n")[0]]);
    await page.close();
    return;
  }
  let pictured = false;
  for (const check of checks) {
    await report.run(check.name, place, async () => {
      const problems = await check.run({ page, visit, origin, response, seen, reload: open });
      if (problems.length && !pictured) {
        pictured = true;
        await picture(page, place);
      }
      return problems;
    });
  }
  await page.close();
}

// What has an id that is new in each bank, by where it is linked.
const FOUND = {
  "{konto}": ["/admin/konton?q=omradessamordnare", /\/admin\/konton\/([0-9a-f-]{36})/],
  "{medlem}": ["/mitt/organisation?organisation=region-skane", /\/mitt\/organisation\/medlemmar\/([0-9a-f-]{36})/],
  "{jobb}": ["/admin/jobb", /\/admin\/jobb\/(\d+)\/ta-bort/],
  "{rad}": ["/lmc/pagaende", /\/lmc\/pagaende\/([0-9a-f-]{36})/],
  "{mall}": ["/lmc/svarsmallar", /\/lmc\/svarsmallar\/([0-9a-f-]{36})/],
  "{utkast}": ["/forslag/utkast", /\/forslag\/utkast\/([0-9a-f-]{36})/],
  "{bilaga}": ["/forslag/utkast/{utkast}/bilagor", /\/bilagor\/([0-9a-f-]{36})\/ta-bort/],
  "{forslag}": ["/forslag?visa=alla", /\/forslag\/(F-\d{4}-0003)/],
  "{vilande}": ["/forslag?visa=vilande", /\/forslag\/(F-\d{4}-\d{4})/],
  "{nytt-krav}": ["/forslag?visa=alla", /\/forslag\/(F-\d{4}-0005)/],
  "{trad}": ["/krav/KB-0001/dialog?visa=obesvarade&slag=fraga", /\/krav\/KB-0001\/dialog\/([0-9a-f-]{36})/],
  "{dold}": ["/krav/KB-0001/dialog?slag=kommentar", /\/krav\/KB-0001\/dialog\/([0-9a-f-]{36})">Våra/],
  "{inom}": ["/krav/KB-0001/dialog?flik=beredning", /\/krav\/KB-0001\/dialog\/([0-9a-f-]{36})/],
  "{anmald}": ["/lmc/moderering", /\/lmc\/moderering\/([0-9a-f-]{36})/],
  "{beslut}": ["/beslut", /\/beslut\/(B-\d{4}-\d{4})/],
  "{beslutsutkast}": ["/lmc/beslut", /\/lmc\/beslut\/([0-9a-f-]{36})">Tvätterier/],
  "{framlagt}": ["/lmc/beslut", /\/lmc\/beslut\/([0-9a-f-]{36})">Snabbare/],
  "{oppet}": ["/forslag", /\/forslag\/(F-\d{4}-\d{4})/],
  "{brev}": ["/exempel/brev", /\/exempel\/brev\/([0-9a-f-]{36})/],
};

// A letter to look at: the example bank has none before somebody does something.
async function writeLetter(context, origin) {
  const form = { namn: "Eva Exempel", epost: "eva@exempelbolaget.example", land: "SE", typ: "supplier", organisation: "Exempelbolaget AB" };
  await context.request.post(`${origin}/registrera/leverantor`, { form, maxRedirects: 0 });
}

async function withIds(context, origin, path) {
  for (const [name, [page, link]] of Object.entries(FOUND)) {
    if (!path.includes(name)) continue;
    // Where it is linked may have such an id itself.
    const list = await (await context.request.get(origin + (await withIds(context, origin, page)))).text();
    return withIds(context, origin, path.replace(name, list.match(link)?.[1] ?? `missing${name.replace(/[{}]/g, "-")}`));
  }
  return path;
}

// A server whose time passes when a journey says so.
async function startTimed(program) {
  const clock = startClock();
  return { clock, server: await startServer(program, join(out, "timed.log"), clock.settings) };
}

async function main() {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
  const report = new Report();
  const program = resolve(process.env.KRAVBANK_PROGRAM ?? join(here, "../../target/debug/kravbank"));
  const running = process.env.KRAVBANK_TEST_ORIGIN;
  // A server that runs already knows no provider of ours.
  const provider = running ? null : await startProvider();
  const server = running ? { origin: running, stop: async () => [] } : await startServer(program, join(out, "server.log"), provider.settings);
  provider?.serve(server.origin);
  const browser = await launch();
  let timed;
  try {
    // Once: what is registered again is the same application.
    await writeLetter(await browser.newContext(), server.origin);
    const pages = visits().filter(({ path }) => !chosen.page || chosen.page.includes(path));
    for (const [view, settings] of Object.entries(VIEWS)) {
      const context = await browser.newContext({ locale: "sv-SE", ...settings });
      await context.addInitScript(installTools);
      const forAll = pages.filter((visit) => !visit.as);
      const [filled, plain] = [true, false].map((braces) => forAll.filter(({ path }) => path.includes("{") === braces));
      for (const visit of plain) await look(context, view, visit, server.origin, report);
      // The browser carries a key from here on.
      const path = filled.length ? await fillSelection(context, server.origin) : null;
      for (const visit of filled) {
        const found = await withIds(context, server.origin, visit.path);
        await look(context, view, { ...visit, path: path(found) }, server.origin, report);
      }
      // Whoever has signed in, one after the other.
      for (const person of new Set(pages.map(({ as }) => as).filter(Boolean))) {
        await context.request.post(`${server.origin}/logga-in/exempel`, { form: { person }, maxRedirects: 0 });
        const owned = await findSelections(context, server.origin);
        for (const visit of pages.filter(({ as }) => as === person)) {
          const path = await withIds(context, server.origin, owned(visit.path));
          await look(context, view, { ...visit, path }, server.origin, report);
        }
      }
      await context.close();
    }
    if (!chosen.page) {
      for (const journey of JOURNEYS.filter(({ name, needs, clock }) => wanted({ name: `journey: ${name}` }) && (provider || (needs !== "provider" && !clock)))) {
        // Where two people act, each has a browser of their own: `another` opens one like the first.
        const contexts = [];
        // Where time is to pass, it does so in a bank of its own.
        if (journey.clock) timed ??= await startTimed(program);
        const origin = journey.clock ? timed.server.origin : server.origin;
        const another = async () => {
          const context = await browser.newContext({ locale: "sv-SE", baseURL: origin, ...WIDE, ...journey.settings });
          context.setDefaultTimeout(10_000);
          contexts.push(context);
          return context.newPage();
        };
        const page = await another();
        await report.run(`journey: ${journey.name}`, "", async () => {
          try {
            return await journey.run(page, another, timed?.clock);
          } catch (error) {
            await picture(page, journey.name);
            return [problem(error), `at ${page.url()}`];
          }
        });
        for (const context of contexts) await context.close();
      }
    }
  } finally {
    await browser.close();
    await provider?.stop();
    report.add("server ends on SIGTERM", "", [...(await server.stop()), ...((await timed?.server.stop()) ?? [])]);
    timed?.clock.stop();
  }
  return report.print() ? 1 : 0;
}

process.exitCode = await main();
