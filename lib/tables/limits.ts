/** The largest file, and the longest text, that is read, in bytes or characters. */
export const MOST_BYTES = 2 * 1024 * 1024;

/** The widest table that is read. */
export const MOST_COLUMNS = 200;
