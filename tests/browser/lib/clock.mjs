// A clock that stands until it is told how much time has passed: a file that the server reads.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

// The day in Sweden: 2026-11-29.
export const day = (time) => new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Stockholm" }).format(time);

export function startClock() {
  const folder = mkdtempSync(join(tmpdir(), "kravbank-clock-"));
  const file = join(folder, "now");
  let now = Date.now();
  const write = () => writeFileSync(file, new Date(now).toISOString());
  write();
  return {
    settings: { KRAVBANK_CLOCK_FILE: file },
    now: () => now,
    passes: (milliseconds) => {
      now += milliseconds;
      write();
    },
    stop: () => rmSync(folder, { recursive: true, force: true }),
  };
}
