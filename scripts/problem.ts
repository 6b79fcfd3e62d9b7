import { endEverything, isEnding } from "./shutdown";

/** Something the person at the terminal can act on: said in one line, without a stack. */
export class Problem extends Error {
  override name = "Problem";
}

/** What went wrong, in one line. A full disk is named as such wherever it surfaces. */
export function describeProblem(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  if (/ENOSPC|No space left on device|could not (extend|write to) file.*space/i.test(text))
    return "The disk is full. Make some room, then start again.";
  return text;
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
    const known = error instanceof Problem || text !== (error as Error).message;
    // A step that fails because the program is being stopped isn't worth a word.
    if (!isEnding()) console.error(known || !(error instanceof Error) ? text : (error.stack ?? text));
  }
  await endEverything();
  process.exit(code);
}
