/** How many rows each way of answering a search (lib/search-ways.ts) takes up. */
export const SEARCH_LIMITS = {
  /** The list is looked through so far before any word is looked up. */
  firstLook: 500,
  /** So many rows that have the words are gathered from their index. */
  lookedUp: 4_000,
  /** The list is looked through so far where more have them; and what a common word finds is counted among so many. */
  lookedThrough: 5_000,
  counted: 2_000,
} as const;
