import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Secret, SecretFinder } from "./find";

/** Every file in a folder, and below. */
export function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** What of the secrets stands in these files: `file: what`. */
export function searchFiles(files: readonly string[], secrets: readonly Secret[]): { bytes: number; found: string[] } {
  const finder = new SecretFinder(secrets);
  const found = files.flatMap((file) => finder.find(readFileSync(file, "latin1")).map((leak) => `${file}: ${leak}`));
  return { bytes: files.reduce((sum, file) => sum + statSync(file).size, 0), found };
}
