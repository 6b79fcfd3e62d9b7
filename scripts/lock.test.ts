import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { takeLock, waitForLock } from "./lock";

const folder = mkdtempSync(join(tmpdir(), "chukta-lock-"));
const file = join(folder, "the.lock");
beforeEach(() => rmSync(file, { force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

const take = () => {
  const lock = takeLock(file);
  if (lock.holder !== null) throw new Error(`held by ${lock.holder}`);
  return lock.release;
};

test("holds off a second one until it is let go of", async () => {
  const release = take();
  expect(takeLock(file)).toEqual({ holder: process.pid });
  const second = waitForLock(file, "testing");
  release();
  (await second)();
  expect(existsSync(file)).toBe(false);
});

test("is free when its process is gone, and when it was never written to its end", () => {
  writeFileSync(file, "999999999 x");
  take();
  writeFileSync(file, "");
  take();
});

test.runIf(process.platform === "linux")(
  "is free when its process's number is another one's now: in a container, this very one's",
  async () => {
    const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    const written = () => readFileSync(file, "utf8").split(" ")[1];
    take();
    writeFileSync(file, `${process.pid} an-earlier-one`);
    take();
    writeFileSync(file, `${other.pid} ${written()}`);
    take();
    other.kill();
  },
);
