import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { NODE_ARGS, ROOT } from "./environment";

/** What a program says of an error at its end, and its exit code. */
function endOf(code: string) {
  const script = `const { runMain } = await import("./scripts/problem.ts"); await runMain(async () => { ${code} });`;
  const args = [...NODE_ARGS, "--input-type=module", "--eval", script];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
  return { status, said: stderr.trim() };
}

test("an option that there isn't, and a file that can't be had, are one line each", () => {
  expect(endOf(`(await import("node:util")).parseArgs({ args: ["--bsiness", "acme"], options: {} });`)).toMatchObject({
    status: 1,
    said: expect.stringMatching(/^Unknown option '--bsiness'.*$/),
  });
  expect(endOf(`(await import("node:fs")).writeFileSync("/no-such-folder/heads.json", "");`)).toEqual({
    status: 1,
    said: "ENOENT: no such file or directory, open '/no-such-folder/heads.json'",
  });
});

test("a full disk is named as such, whoever finds it: Node or PostgreSQL", () => {
  const full = { status: 1, said: "The disk is full. Make some room, then start again." };
  expect(
    endOf(`throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });`),
  ).toEqual(full);
  expect(endOf(`throw new Error('could not extend file "base/5/1259": No space left on device');`)).toEqual(full);
});

test("so are a share of the disk that is used up, and a file larger than the disk takes", () => {
  const end = (code: string, words: string) =>
    endOf(`throw Object.assign(new Error("${code}: ${words}, write"), { code: "${code}" });`);
  expect(end("EDQUOT", "disk quota exceeded")).toEqual({
    status: 1,
    said: "Your share of the disk is used up. Make some room, then start again.",
  });
  expect(end("EFBIG", "file too large")).toEqual({
    status: 1,
    said: expect.stringMatching(/^The disk, or a limit of yours \(ulimit -f\), doesn't take a file this large\..*$/),
  });
});

test("what nobody expected comes with where it happened", () => {
  expect(endOf(`throw new TypeError("x is not a function");`).said).toContain("\n    at ");
});
