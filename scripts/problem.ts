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

/** Runs a program's main function; a problem becomes one line on stderr and exit code 1. */
export async function runMain(main: () => Promise<number | undefined>): Promise<never> {
  try {
    process.exit((await main()) ?? 0);
  } catch (error) {
    const known = error instanceof Problem || /disk is full/.test(describeProblem(error));
    console.error(known || !(error instanceof Error) ? describeProblem(error) : (error.stack ?? error.message));
    process.exit(1);
  }
}
