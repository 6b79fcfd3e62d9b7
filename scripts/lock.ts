import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** True when the process that wrote the lock is still there, and is one of ours. */
function isHeld(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  try {
    // Numbers are used again after a restart of the machine: another program doesn't hold the lock.
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("node");
  } catch {
    return true;
  }
}

export type Lock = { holder: null; release: () => void } | { holder: number };

/** Takes the lock, or says which process holds it. A lock whose process is gone is free. */
export function takeLock(file: string): Lock {
  mkdirSync(dirname(file), { recursive: true });
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: "wx" });
      return { holder: null, release: () => rmSync(file, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = Number(readFileSync(file, { encoding: "utf8" }));
    if (holder && isHeld(holder)) return { holder };
    rmSync(file, { force: true });
  }
}
