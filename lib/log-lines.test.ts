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
