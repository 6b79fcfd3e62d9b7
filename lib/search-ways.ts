import "server-only";
import type { PageRows } from "@/lib/keyset";
import { SEARCH_LIMITS } from "@/lib/search-limits";

/*
 * How a page of a search is found. No way is quick for all words, and PostgreSQL can't know which will be:
 *
 * - A word that many rows have is met at once by looking through the list in its own order. Looking it up would gather thousands.
 * - A word that few rows have is looked up in the index of words, sorted and counted.
 * - Between the two, the list is looked through further; and where even that doesn't fill the page (a month's numbers of years ago,
 *   seen from today), all that have the words are sorted after all. It is the only way whose work grows with the business.
 */

/** As good as no limit. */
const ALL = 1_000_000;

export interface Ways<Found, Totals> {
  /** The page among the list's next `rows` rows, and how many hits those have; null when they don't fill the page and there are more rows. */
  lookThrough: (rows: number) => Promise<{ found: Found | null; hits: number }>;
  /** The page and the totals, where at most `most` rows have the words; else null. */
  lookUp: (most: number) => Promise<{ found: Found; totals: Totals } | null>;
  /** How many rows are quick to look up. */
  lookedUp: number;
  /** From this many hits in the first look on, the list is looked through further instead of looking the words up. */
  common: number;
}

/** The page of a search, and its totals where they came with it. */
export async function searchEitherWay<Found, Totals>({
  lookThrough,
  lookUp,
  lookedUp,
  common,
}: Ways<Found, Totals>): Promise<{ found: Found; totals: Totals | null }> {
  const { firstLook, lookedThrough } = SEARCH_LIMITS;
  const first = await lookThrough(firstLook);
  if (first.found) return { found: first.found, totals: null };
  const isCommon = first.hits >= common;
  const few = isCommon ? null : await lookUp(lookedUp);
  if (few) return few;
  // What many rows have and none of the first is all in one place, somewhere behind.
  const { found } = isCommon || first.hits > 0 ? await lookThrough(lookedThrough) : { found: null };
  if (found) return { found, totals: null };
  const all = await lookUp(ALL);
  if (!all) throw new Error("a search found more than there can be");
  return all;
}

/**
 * How many a common word finds, of which `counted` are among the list's first: a round number that is surely exceeded, or what the page
 * shows where that is more, or all.
 */
export function countOfCommon(
  counted: number,
  isAll: boolean,
  page: PageRows<unknown>,
): { count: number; countIsMinimum: boolean } {
  const shown = page.rows.length;
  if (!page.nextCursor && !page.previousCursor) return { count: shown, countIsMinimum: false };
  if (isAll) return { count: counted, countIsMinimum: false };
  const digit = 10 ** Math.floor(Math.log10(Math.max(counted - 1, 1)));
  return { count: Math.max(Math.floor((counted - 1) / digit) * digit, shown), countIsMinimum: true };
}
