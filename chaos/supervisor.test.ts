import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test, vi } from "vitest";
import { Supervised } from "@/chaos/supervisor";
import { startProcess } from "@/scripts/processes";

const folder = mkdtempSync(join(tmpdir(), "chukta-supervisor-"));
const out = join(folder, "out");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A program that writes down the time, again and again. */
function start(env: Record<string, string> = {}, script = "setInterval(() => console.log(Date.now()), 50)") {
  writeFileSync(out, "");
  return startProcess({
    name: "clock",
    command: process.execPath,
    args: ["-e", script],
    env: { ...process.env, ...env },
    logFile: out,
  });
}

const times = () => readFileSync(out, "utf8").trim().split("\n").filter(Boolean).map(Number);
const until = (condition: () => boolean) => vi.waitUntil(condition, { timeout: 10_000, interval: 20 });

test("what was killed comes back, and is not said to have ended by itself", async () => {
  const supervised = new Supervised("clock", () => start());
  await until(() => times().length > 0);
  const first = supervised.process?.pid;
  supervised.kill(50);
  await until(() => supervised.process?.pid !== first && times().length > 0);
  expect(supervised.endedByItself).toEqual([]);
  await supervised.end();
  expect(supervised.process?.isRunning()).toBe(false);
});

test("what ended by itself is started again, and said so", async () => {
  const supervised = new Supervised("one", () => start({}, "process.exit(3)"));
  await until(() => supervised.endedByItself.length >= 1);
  expect(supervised.endedByItself[0]).toBe("one with exit code 3");
  await supervised.end();
});

test("stopped, it stands still, and goes on where it was", async () => {
  const supervised = new Supervised("clock", () => start());
  await until(() => times().length > 0);
  const { signal } = new AbortController();
  await supervised.freeze(700, signal);
  await until(() => {
    const seen = times();
    return seen.some((time, index) => index > 0 && time - (seen[index - 1] ?? 0) > 500);
  });
  await supervised.end();
});

test("a clock is off while it runs, by as much as the file says", async () => {
  const clock = join(folder, "clock");
  writeFileSync(clock, "0");
  const preload = pathToFileURL(join(import.meta.dirname, "clock.mjs")).href;
  const supervised = new Supervised("clock", () =>
    start(
      { NODE_OPTIONS: `--import=${preload}`, CHAOS_CLOCK: clock },
      "setInterval(() => { const now = new Date(); console.log(now instanceof Date && now.getTime() - Date.now() < 5 ? Date.now() : 0) }, 50)",
    ),
  );
  // To ten seconds, whatever the machine is at; and never −0.
  const off = () => Math.round(((times().at(-1) ?? 0) - Date.now()) / 10_000) * 10_000 || 0;
  await until(() => times().length > 0);
  expect(off()).toBe(0);
  for (const offset of [120_000, -60_000, 0]) {
    writeFileSync(clock, String(offset));
    await until(() => off() === offset);
  }
  await supervised.end();
});
