// A file as it arrives in the folder of downloads.

import { readFileSync } from "node:fs";

// Does what starts a download. Returns the name of the file and its bytes; says what came instead, if none did.
export async function download(page, start) {
  const [file] = await Promise.all([page.waitForEvent("download"), start()]).catch(async (error) => {
    throw new Error(`no file came; ${page.url()} shows: ${(await page.locator("main").innerText().catch(() => "nothing")).replace(/\s+/g, " ").slice(0, 200)} (${error.message.split("\n")[0]})`);
  });
  const failure = await file.failure();
  if (failure) throw new Error(`the file ${file.suggestedFilename()} did not arrive whole: ${failure}`);
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}
