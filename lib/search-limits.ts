/** How many rows each way of answering a search (lib/search-ways.ts) may read. */
export const SEARCH_LIMITS = {
  /** Rows of the list that are searched, in its own order, before any word is looked up in an index. */
  firstLook: 500,
  /** Rows that are gathered from the index of words, where each must then be read to see whether it is in the list. */
  lookedUp: 4_000,
  /** The same, where the index itself knows all that the list goes by. */
  lookedUpWhole: 20_000,
  /** With this many hits in the first look a word is common: more come soon in the list's order, and it isn't looked up. */
  common: 10,
  /** Rows of the list that are searched when a word is too common to be looked up. */
  lookedThrough: 5_000,
  /** Rows of the list among which the hits of a common word are counted. */
  counted: 2_000,
  /** Hits of a search whose amounts are added up. */
  summed: 1_000,
} as const;
