/** What to undo when the program ends, however it ends: last in, first out. */
const undo: { name: string; run: () => Promise<void> | void }[] = [];
let ending: Promise<void> | undefined;

export function onEnd(name: string, run: () => Promise<void> | void): void {
  undo.push({ name, run });
}

/** Undoes everything, once; a second call waits for the first. */
export function endEverything(say: (line: string) => void = () => {}): Promise<void> {
  ending ??= (async () => {
    for (let last = undo.pop(); last; last = undo.pop()) {
      if (last.name) say(`  Stopping ${last.name}`);
      const { name, run } = last;
      // Also where it throws at once: what comes after it is undone all the same.
      await Promise.resolve()
        .then(run)
        .catch((error) => console.error(`  ${name}: ${(error as Error).message}`));
    }
  })();
  return ending;
}

/** True once the program has begun to end. */
export function isEnding(): boolean {
  return ending !== undefined;
}

const PARENT_POLL_MS = 500;

/** Calls back once, when the program that started this one is gone. */
export function whenParentEnds(then: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    then();
  }, PARENT_POLL_MS).unref();
}

/**
 * On Ctrl-C, or when asked to end: undoes everything in order, then exits with the code that `exitCode` gives. npm passes such a request
 * on to its shell, and some shells (Debian's) not to the program in it: so one that npm runs also ends when that shell is gone.
 */
export function endOnSignals(exitCode: () => number): void {
  const end = () => {
    if (isEnding()) return;
    console.log("");
    void endEverything((line) => console.log(line)).then(() => process.exit(exitCode()));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
  if (process.env.npm_lifecycle_event !== undefined) whenParentEnds(end);
}
