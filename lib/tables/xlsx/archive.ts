import { strFromU8, unzipSync } from "fflate";

/** A workbook that isn't read, and why, in words. */
export class WorkbookProblem extends Error {}

/** So many bytes of a workbook are unpacked at most: some fifteen times what a file may have packed. */
const MOST_UNPACKED = 32 * 1024 * 1024;

/** Reads the parts of an archive by name, each when it is asked for; null for one that there isn't. */
export type ReadPart = (name: string) => string | null;

/**
 * An archive's parts as text. What a part comes to is taken from the archive's own list before it is unpacked, and no more than that is
 * ever written, also where the list says less than there is.
 * @throws WorkbookProblem where they come to more than 32 MB together
 */
export function openArchive(bytes: Uint8Array): ReadPart {
  let left = MOST_UNPACKED;
  return (name) => {
    const wanted = name.toLowerCase();
    let isThere = false;
    const parts = unzipSync(bytes, {
      filter: (part) => {
        // Some programs write an archive's names as Windows writes paths; two of one name would be unpacked both.
        if (isThere || part.name.replaceAll("\\", "/").toLowerCase() !== wanted) return false;
        isThere = true;
        left -= part.originalSize;
        if (left < 0) throw new WorkbookProblem("This workbook unfolds to more than 32 MB. Take it in several parts.");
        return true;
      },
    });
    const [part] = Object.values(parts);
    return part ? strFromU8(part) : null;
  };
}
