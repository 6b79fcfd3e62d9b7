/** What a column is called, by us and by other programs. */
export interface Heading<Key extends string> {
  key: Key;
  label: string;
  /** The more exact first. */
  also: readonly string[];
}

/** The rows, those without anything left out, among which the headings are looked for: programs write titles above them. */
export const HEADINGS_WITHIN = 30;

/** A heading as it is compared: without what stands in brackets, case, blanks and signs. */
const plain = (heading: string) =>
  heading
    .replace(/\(.*?\)/g, "")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();

/** Which column holds what, by its headings: where two could be the same, the one that is named more exactly. */
export function columnsOf<Key extends string>(
  headings: readonly string[],
  known: readonly Heading<Key>[],
): Map<Key, number> {
  const ranks = new Map(
    known.flatMap(({ key, label, also }) =>
      [label, ...also].map((name, rank) => [plain(name), { key, rank }] as const),
    ),
  );
  const best = new Map<Key, { index: number; rank: number }>();
  for (const [index, heading] of headings.entries()) {
    const named = ranks.get(plain(heading));
    const before = named && best.get(named.key);
    if (named && (!before || named.rank < before.rank)) best.set(named.key, { index, rank: named.rank });
  }
  return new Map([...best].map(([key, { index }]) => [key, index]));
}

/** Where among the rows the headings stand: the one that names most of the columns, among the first ones. */
export function findHeadings<Key extends string>(
  rows: readonly { cells: readonly string[] }[],
  known: readonly Heading<Key>[],
): { at: number; columns: Map<Key, number> } {
  let best = { at: 0, columns: new Map<Key, number>() };
  for (const [at, { cells }] of rows.slice(0, HEADINGS_WITHIN).entries()) {
    const columns = columnsOf(cells, known);
    if (columns.size > best.columns.size) best = { at, columns };
  }
  return best;
}
