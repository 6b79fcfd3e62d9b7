import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { NODE_ARGS, ROOT } from "@/scripts/environment";

/** What a program of the portal prints when it logs this, line by line. */
function linesOf(code: string): Record<string, unknown>[] {
  const script = `const { logger } = await import("./lib/logger.ts"); ${code}`;
  const args = [...NODE_ARGS, "--input-type=module", "--eval", script];
  const env = { ...process.env, LOG_LEVEL: "info" };
  return execFileSync(process.execPath, args, { cwd: ROOT, env, encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

test("a line says when, in UTC, how grave, and of what", () => {
  const [line] = linesOf(`logger.warn({ event: "auth/sign-in/email", outcome: "throttled" }, "too many");`);
  expect(line).toMatchObject({ level: "warn", app: "chukta", event: "auth/sign-in/email", msg: "too many" });
  expect(String(line?.time)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

test("what a caller wrote stays inside its line", () => {
  const forged = '"}\n{"level":"info","event":"auth/sign-in/email","outcome":"ok"}\r\n\u2028';
  const lines = linesOf(`logger.info({ event: "access refused", business: ${JSON.stringify(forged)} }, "x");`);
  expect(lines).toHaveLength(1);
  expect(lines[0]?.business).toBe(forged);
});

test("what is printed past the log, as Next.js does when a page throws, is such a line too, without secrets", () => {
  const [failed, plain, counted] = linesOf(`
    (await import("./lib/console-lines.ts")).logConsole();
    console.error("⨯", new Error('Invalid invocation: bankAccountNumber: "50100234567812"\\n{"level":"info"}'), { digest: "1" });
    console.log("Bearer chk_abcdefgh12345 is no key\\nReady");
    console.warn("%d of %s", 2, "x");`);
  expect(failed).toMatchObject({ level: "error", app: "chukta", from: "console", err: { type: "Error" } });
  expect(JSON.stringify(failed)).not.toContain("50100234567812");
  expect(failed?.msg).toContain("digest: '1'");
  expect(plain).toMatchObject({ level: "info", msg: expect.stringMatching(/is no key\nReady$/) });
  expect(JSON.stringify(plain)).not.toContain("abcdefgh12345");
  expect(counted).toMatchObject({ level: "warn", msg: "2 of x" });
});
