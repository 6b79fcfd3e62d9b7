import { createReadStream, existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { Problem } from "../scripts/problem";
import { hashOf } from "./files";
import { type BackedUpFile, MANIFEST_FILE, type Manifest, manifestSchema, SUMS_FILE } from "./manifest";

/** A backup whose every byte is as it was written. */
export interface CheckedBackup {
  folder: string;
  manifest: Manifest;
}

/**
 * Reads a backup through once, and checks it against its sums.
 * @throws Problem that names the first file that is missing or damaged
 */
export async function checkBackup(given: string): Promise<CheckedBackup> {
  const folder = resolve(given);
  const damaged = (what: string) => new Problem(`The backup in ${folder} can't be used: ${what}.`);
  if (!existsSync(join(folder, SUMS_FILE)))
    throw damaged(`there is no ${SUMS_FILE}; it is no backup, or not a whole one`);
  const sums = readSums(await readFile(join(folder, SUMS_FILE), "utf8"));
  for (const [file, sha256] of sums) {
    if (!existsSync(join(folder, file))) throw damaged(`${file} is missing`);
    if ((await hashOf(join(folder, file))) !== sha256) throw damaged(`${file} is damaged`);
  }
  if (!sums.has(MANIFEST_FILE)) throw damaged(`${SUMS_FILE} does not name ${MANIFEST_FILE}`);
  const parsed = manifestSchema.safeParse(JSON.parse(await readFile(join(folder, MANIFEST_FILE), "utf8")));
  if (!parsed.success)
    throw damaged(
      `its manifest is of another format than this release reads (${parsed.error.issues[0]?.path.join(".")})`,
    );
  for (const { file } of [...parsed.data.tables, parsed.data.jobs])
    if (!sums.has(file)) throw damaged(`${SUMS_FILE} does not name ${file}`);
  return { folder, manifest: parsed.data };
}

function readSums(text: string): Map<string, string> {
  const lines = text.split("\n").flatMap((line) => /^([0-9a-f]{64}) {2}([\w.]+)$/.exec(line) ?? []);
  const sums = new Map<string, string>();
  for (let at = 0; at < lines.length; at += 3) sums.set(lines[at + 2] ?? "", lines[at + 1] ?? "");
  return sums;
}

/** A backed-up file's CSV, as streams to pipe one into the next. */
export function openCsv({ folder }: CheckedBackup, { file }: BackedUpFile): Readable[] {
  const raw = createReadStream(join(folder, file));
  return file.endsWith(".gz") ? [raw, createGunzip()] : [raw];
}
