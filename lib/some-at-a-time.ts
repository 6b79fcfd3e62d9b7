/** The most rows that one statement deletes: where nobody did for months, millions may be due at once. */
const DELETED_AT_ONCE = 1_000;

/**
 * Deletes what is due, some at a time: what is gone stays so, wherever it stops.
 * @param remove deletes so many at most and says how many it was
 * @returns how many in all
 */
export async function someAtATime(remove: (most: number) => Promise<number>): Promise<number> {
  let removed = 0;
  for (;;) {
    const count = await remove(DELETED_AT_ONCE);
    removed += count;
    if (count < DELETED_AT_ONCE) return removed;
  }
}
