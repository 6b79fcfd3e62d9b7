import { ProblemError } from "@/lib/http/client";

/** A person's calls are counted (429): with many to make, the next one waits a moment, in milliseconds. */
const PACE_MS = 1_000;
const PATIENT = 10;

/** A call that is one of many: told that there were too many, it is made again in a moment, ten times at most. */
export async function unhurried<T>(run: () => Promise<T>): Promise<T> {
  for (let left = PATIENT; ; left--) {
    try {
      return await run();
    } catch (error) {
      if (left === 0 || !(error instanceof ProblemError) || error.status !== 429) throw error;
      await new Promise((resolve) => setTimeout(resolve, PACE_MS));
    }
  }
}

/** What calls for each of these give, `atOnce` of them at a time: on a slow line most of the time is waiting. */
export async function someAtOnce<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  run: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < items.length; at += atOnce)
    results.push(...(await Promise.all(items.slice(at, at + atOnce).map(run))));
  return results;
}
