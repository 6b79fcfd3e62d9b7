import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Problem } from "./problem";

/** When a process began, as its system counts; empty where that isn't told. */
function beginningOf(pid: number): string {
  try {
    const [system, stat] = ["/proc/sys/kernel/random/boot_id", `/proc/${pid}/stat`].map((f) => readFileSync(f, "utf8"));
    // The name of the program stands in brackets, and may hold blanks; behind it this is the twentieth word.
    const words = stat?.slice(stat.lastIndexOf(")") + 2).split(" ") ?? [];
    return `${system?.trim()}/${words[19]}`;
  } catch {
    return "";
  }
}

/**
 * True when the process that wrote the lock is still there. Numbers are used again, after a restart of the machine and in a container,
 * where a program has the same one each time: so it must have begun when the writer did.
 */
function isHeld(pid: number, beginning: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  const now = beginningOf(pid);
  return now === "" || beginning === now;
}

/** What stands in the lock; null while it is just being written, or when it is gone. */
function holderOf(file: string): { pid: number; beginning: string } | null {
  try {
    const text = readFileSync(file, "utf8");
    if (text === "" && Date.now() - statSync(file).mtimeMs < 1_000) return null;
    const [pid, beginning = ""] = text.split(" ");
    return { pid: Number(pid), beginning };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

export type Lock = { holder: null; release: () => void } | { holder: number };

/** Takes the lock, or says which process holds it. A lock whose process is gone is free. */
export function takeLock(file: string): Lock {
  mkdirSync(dirname(file), { recursive: true });
  for (;;) {
    try {
      writeFileSync(file, `${process.pid} ${beginningOf(process.pid)}`, { flag: "wx" });
      return { holder: null, release: () => rmSync(file, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = holderOf(file);
    if (!holder) continue;
    if (holder.pid && isHeld(holder.pid, holder.beginning)) return { holder: holder.pid };
    rmSync(file, { force: true });
  }
}

const POLL_MS = 100;
const PATIENCE_MS = 60_000;

/**
 * Takes the lock as soon as whoever holds it has let go of it. @returns what lets go of it again
 * @throws Problem that says what the other is at, when it takes longer than a minute
 */
export async function waitForLock(file: string, what: string): Promise<() => void> {
  for (let waited = 0; waited < PATIENCE_MS; waited += POLL_MS) {
    const lock = takeLock(file);
    if (lock.holder === null) return lock.release;
    await delay(POLL_MS);
  }
  throw new Problem(`Another program has been ${what} for a minute: remove ${file} if that isn't so.`);
}
