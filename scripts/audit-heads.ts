import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { type ChainHead, chainHead } from "@/features/audit/verify";
import { Problem } from "./problem";

const headsFile = z.strictObject({ writtenAt: z.iso.datetime(), heads: z.array(chainHead) });

/** What was written down at the last verification; nothing where there is no such file yet. @throws Problem when it can't be read */
export function readHeads(file: string): ChainHead[] {
  if (!existsSync(file)) return [];
  try {
    return headsFile.parse(JSON.parse(readFileSync(file, "utf8"))).heads;
  } catch (error) {
    throw new Problem(`${file} holds no heads of audit chains (${(error as Error).message}): it is left as it is.`);
  }
}

/** Puts the heads in place of what was written down before, at once and whole. */
export function writeHeads(file: string, heads: readonly ChainHead[], now: Date): void {
  const text = JSON.stringify({ writtenAt: now.toISOString(), heads }, null, 1);
  writeFileSync(`${file}.new`, `${text}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
