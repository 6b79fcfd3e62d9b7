const INTERACTIVE = process.stdout.isTTY === true;

function elapsed(since: number): string {
  const seconds = (performance.now() - since) / 1000;
  return `${seconds.toFixed(1)} s`;
}

/** Runs one step, and shows its name, that it is still at it, and how long it took. `run` may return a word on how it went. */
export async function step<T>(title: string, run: () => Promise<T>, note?: (result: T) => string): Promise<T> {
  const start = performance.now();
  const show = () => {
    if (INTERACTIVE) process.stdout.write(`\r  … ${title} ${elapsed(start)}\x1b[K`);
    else console.log(`  … ${title} ${elapsed(start)}`);
  };
  const timer = setInterval(show, INTERACTIVE ? 200 : 15_000);
  const clear = INTERACTIVE ? "\r\x1b[K" : "";
  try {
    const result = await run();
    const said = note?.(result);
    console.log(`${clear}  ✓ ${title}${said ? `: ${said}` : ""} (${elapsed(start)})`);
    return result;
  } catch (error) {
    console.log(`${clear}  ✗ ${title} (${elapsed(start)})`);
    throw error;
  } finally {
    clearInterval(timer);
  }
}
