let due: Promise<void> | undefined;

/**
 * Resolves when everything that has arrived by now has been read. What many requests do next then runs one after another, without
 * the system's calls in between that would put it out of the processor's caches: half the time for work of many small steps.
 */
export function endOfTurn(): Promise<void> {
  due ??= new Promise((resolve) => {
    setImmediate(() => {
      due = undefined;
      resolve();
    });
  });
  return due;
}
