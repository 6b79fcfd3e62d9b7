import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "./processes";

/** PostgreSQL's own lock file: process, port and state of the server that holds the data. */
export function readLock(data: string): { pid: number; port: number; state: string } | null {
  try {
    const lines = readFileSync(join(data, "postmaster.pid"), "utf8").split("\n");
    return { pid: Number(lines[0]), port: Number(lines[3]), state: lines[7]?.trim() ?? "" };
  } catch {
    return null;
  }
}

/** Whether the process is a PostgreSQL server, and not another program that got the number of one killed long ago. */
export async function isPostgres(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("postgres");
  } catch {
    const { code, output } = await runCommand("ps", ["-p", String(pid), "-o", "command="], { quiet: true }).catch(
      () => ({
        code: 0,
        output: "postgres",
      }),
    );
    return code === 0 && output.includes("postgres");
  }
}
