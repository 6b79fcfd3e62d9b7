import { endEverything, isEnding } from "./shutdown";

/** Something the person at the terminal can act on: said in one line, without a stack. */
export class Problem extends Error {
  override name = "Problem";
}

/** What went wrong, in one line. A disk that takes no more is named as such wherever it surfaces. */
export function describeProblem(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  if (/ENOSPC|No space left on device|could not (extend|write to) file.*space/i.test(text))
    return "The disk is full. Make some room, then start again.";
  if (/\bEDQUOT\b|Disk quota exceeded/i.test(text))
    return "Your share of the disk is used up. Make some room, then start again.";
  if (/\bEFBIG\b|File too large/i.test(text))
    return "The disk, or a limit of yours (ulimit -f), doesn't take a file this large. Write to another disk, or raise it.";
  return text;
}

/** Whether an error says by itself what the person at the terminal did: an option that there isn't, or a file that can't be had. */
function isTheirs(error: unknown): boolean {
  const { code = "", path } = error as NodeJS.ErrnoException;
  return /^ERR_PARSE_ARGS_/.test(code) || (path !== undefined && /^E(ACCES|PERM|ROFS|NOENT|NOTDIR|ISDIR)$/.test(code));
}

/**
 * Runs a program's main function. A problem becomes one line on stderr and exit code 1; whatever was started is stopped
 * first in any case.
 */
export async function runMain(main: () => Promise<number | undefined>): Promise<never> {
  let code = 1;
  try {
    code = (await main()) ?? 0;
  } catch (error) {
    const text = describeProblem(error);
    const known = error instanceof Problem || isTheirs(error) || text !== (error as Error).message;
    // A step that fails because the program is being stopped isn't worth a word.
    if (!isEnding()) console.error(known || !(error instanceof Error) ? text : (error.stack ?? text));
  }
  await endEverything();
  process.exit(code);
}
