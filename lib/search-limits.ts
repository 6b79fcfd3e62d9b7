/** How many rows each way of answering a search (lib/search-ways.ts) takes up. */
export const SEARCH_LIMITS = {
  /** The list is looked through so far before any word is looked up. */
  firstLook: 500,
  /** So many rows that have the words are gathered from their index, where each has to be asked for what the list goes by. */
  lookedUp: 4_000,
  /** And so many where the index leads to all of it; unless so many of the first look have the words, of which more come soon. */
  lookedUpWhole: 20_000,
  common: 10,
  /** The list is looked through so far where more have them; and what a common word finds is counted among so many. */
  lookedThrough: 5_000,
  counted: 2_000,
} as const;
