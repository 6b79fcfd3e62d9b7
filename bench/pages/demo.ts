import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ROOT } from "../../scripts/environment";
import { findFreePort } from "../../scripts/ports";
import { Problem } from "../../scripts/problem";

/** Milliseconds from `npm run demo` to its last line. */
async function timeStart(folder: string, ports: { PORT: string; SANDBOX_PORT: string }): Promise<number> {
  const start = performance.now();
  const demo = spawn("npm", ["run", "-s", "demo"], {
    cwd: folder,
    env: { ...process.env, ...ports, DATABASE_URL: "", DATA_DIR: "", NEXT_DIST_DIR: "" },
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  let said = "";
  const ready = new Promise<number>((resolve, reject) => {
    demo.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (said.includes("Chukta is ready")) resolve(performance.now() - start);
    });
    demo.once("exit", () => reject(new Problem(`The demo did not start:\n${said.slice(-2000)}`)));
  });
  try {
    return await ready;
  } finally {
    if (demo.exitCode === null && demo.pid) {
      process.kill(-demo.pid, "SIGINT");
      await once(demo, "exit");
    }
  }
}

/** A copy of the project as a fresh clone with its packages installed: nothing built, no data. */
function freshCopy(): string {
  const folder = mkdtempSync(join(tmpdir(), "chukta-cold-"));
  // PostgreSQL doesn't run as root, and the account that it runs as then has to get in.
  chmodSync(folder, 0o755);
  const files = execFileSync("git", ["ls-files", "-z"], { cwd: ROOT, encoding: "utf8" }).split("\0").filter(Boolean);
  for (const file of files) {
    // A file may be gone in the working tree, and still be in the index.
    if (!existsSync(join(ROOT, file))) continue;
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    cpSync(join(ROOT, file), join(folder, file));
  }
  // Hard links take no time; where they can't be made, a copy does.
  try {
    execFileSync("cp", ["-al", join(ROOT, "node_modules"), join(folder, "node_modules")], { stdio: "ignore" });
  } catch {
    rmSync(join(folder, "node_modules"), { recursive: true, force: true });
    cpSync(join(ROOT, "node_modules"), join(folder, "node_modules"), { recursive: true, verbatimSymlinks: true });
  }
  return folder;
}

/** How long `npm run demo` takes to be ready, in milliseconds: the first time, with nothing built, and the second. */
export async function timeDemo(): Promise<{ cold: number; again: number }> {
  const folder = freshCopy();
  try {
    const ports = { PORT: String(await findFreePort()), SANDBOX_PORT: String(await findFreePort()) };
    return { cold: await timeStart(folder, ports), again: await timeStart(folder, ports) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
