// Counts what passed and failed, and prints the failures by check.

import { stripVTControlCharacters } from "node:util";

// What an error says, in one line: it may say more than helps.
export const problem = (error) => stripVTControlCharacters(String(error.message ?? error)).split("\n").slice(0, 4).join(" ").trim();

export class Report {
  #checks = new Map();

  // `problems`: one sentence each; none means passed.
  add(check, place, problems) {
    const entry = this.#checks.get(check) ?? { passed: 0, failed: [] };
    this.#checks.set(check, entry);
    if (problems.length === 0) entry.passed += 1;
    else entry.failed.push({ place, problems });
  }

  // Runs something that returns problems; that it throws is a problem too.
  async run(check, place, work) {
    let problems;
    try {
      problems = (await work()) ?? [];
    } catch (error) {
      problems = [problem(error)];
    }
    this.add(check, place, problems);
  }

  // Prints everything and returns the number that failed.
  print() {
    let passed = 0;
    let failed = 0;
    for (const [check, entry] of [...this.#checks].sort()) {
      passed += entry.passed;
      failed += entry.failed.length;
      console.log(`${entry.failed.length ? "FAILED" : "ok    "} ${check}: ${entry.passed} passed, ${entry.failed.length} failed`);
      for (const { place, problems } of entry.failed) {
        console.log(`         ${place}`);
        for (const problem of problems.slice(0, 8)) console.log(`           - ${problem}`);
        if (problems.length > 8) console.log(`           - … and ${problems.length - 8} more`);
      }
    }
    console.log(`browser: ${passed} passed, ${failed} failed`);
    return failed;
  }
}
