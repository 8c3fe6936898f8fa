// One server for all tests: the program itself with its private database and the example bank, in a folder of its own.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const START = 120_000;
const STOP = 40_000;

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

// Starts it and waits until it is ready. `log` is the file that takes what it says, `settings` what it is told beside the usual.
export async function startServer(program, log, settings = {}) {
  if (!existsSync(program)) throw new Error(`${program} is missing: cargo build makes it`);
  const folder = mkdtempSync(join(tmpdir(), "kravbank-browser-"));
  chmodSync(folder, 0o755); // started by root, Postgres runs as another user
  const bind = `127.0.0.1:${await freePort()}`;
  const origin = `http://${bind}`;
  const output = openSync(log, "w");
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== "DATABASE_URL" && (!name.startsWith("KRAVBANK_") || name === "KRAVBANK_PG_BIN")));
  const child = spawn(program, ["serve"], {
    env: { ...environment, ...settings, KRAVBANK_DATA_DIR: join(folder, "data"), KRAVBANK_BIND: bind },
    stdio: ["ignore", output, output],
  });
  const ended = once(child, "exit").then(([code, signal]) => signal ?? code);
  const running = () => child.exitCode === null && child.signalCode === null;
  process.once("exit", () => running() && child.kill("SIGKILL"));

  // Ends it as an operator would. Returns what was wrong with how it ended, if anything.
  const stop = async () => {
    if (running()) child.kill("SIGTERM");
    const end = await Promise.race([ended, sleep(STOP, "timeout", { ref: false })]);
    if (end === "timeout") child.kill("SIGKILL");
    await ended;
    rmSync(folder, { recursive: true, force: true });
    return end === 0 ? [] : [end === "timeout" ? `did not end within ${STOP / 1000} s of SIGTERM` : `ended with ${end}`];
  };

  for (const begin = Date.now(); Date.now() - begin < START; await sleep(200)) {
    if (!running()) break;
    const answer = await fetch(`${origin}/readyz`).catch(() => null);
    if (answer?.status === 200) return { origin, stop };
  }
  await stop();
  throw new Error(`the server did not get ready; see ${log}`);
}
