import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test } from "vitest";
import { NODE_ARGS, ROOT } from "./environment";
import { endEverything, onEnd } from "./shutdown";

const PROGRAM = `
  import { endOnSignals, onEnd } from "./scripts/shutdown.ts";
  onEnd("everything", () => {});
  endOnSignals(() => 0);
  setInterval(() => {}, 1_000);
  console.log(process.pid);
`;

test.skipIf(process.platform === "win32")(
  "a program that npm runs ends in order when npm's shell was asked to end, and said nothing of it",
  async () => {
    // A shell with something to do afterwards stays, and passes no signal on.
    const words = [...NODE_ARGS, "--input-type=module", "--eval", PROGRAM];
    const shell = spawn("/bin/sh", ["-c", '"$0" "$@"; exit', process.execPath, ...words], {
      cwd: ROOT,
      env: { ...process.env, npm_lifecycle_event: "start" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const lines = createInterface(shell.stdout);
    const said: string[] = [];
    const over = once(lines, "close");
    lines.on("line", (line) => said.push(line));
    await once(lines, "line");
    const pid = Number(said[0]);
    const isRunning = () => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    onTestFinished(() => void (isRunning() && process.kill(pid, "SIGKILL")));
    shell.kill("SIGTERM");
    // Its output ends with it.
    await over;
    expect(said.slice(1)).toEqual(["", "  Stopping everything"]);
  },
  20_000,
);

test("what can't be undone keeps nothing after it from being undone", async () => {
  const undone: string[] = [];
  onEnd("", () => void undone.push("PostgreSQL"));
  onEnd("half a backup", () => {
    throw new Error("not a directory");
  });
  await endEverything();
  expect(undone).toEqual(["PostgreSQL"]);
});
