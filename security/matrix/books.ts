import { rows } from "../world/sql";

/** What isn't the books: throttles, sessions, and the log of what was refused. */
const NOT_BOOKS = ["rate_limit", "session", "verification", "refused_message", "_prisma_migrations"];

/** Where a refused or reading request may note something: when a key was last used. Compared without that. */
const NOTED: Record<string, string> = { api_key: "last_used_at" };

let statement: string | undefined;

/** Every row's version: whatever is inserted, updated or deleted changes the number of rows or the sum of their transactions. */
const versions = (table: string) =>
  `SELECT '${table}' AS name, count(*)::text AS count, coalesce(sum(xmin::text::bigint), 0)::text AS sum FROM "${table}"`;

const contents = (table: string, without: string) =>
  `SELECT '${table}', count(*)::text, coalesce(md5(string_agg(line, '' ORDER BY line)), '')
     FROM (SELECT (to_jsonb(t) - '${without}')::text AS line FROM "${table}" t) AS every`;

async function makeStatement(): Promise<string> {
  const tables = await rows<{ name: string }>(
    `SELECT relname AS name FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition AND NOT relname = ANY($1)
      ORDER BY relname`,
    NOT_BOOKS,
  );
  const parts = tables.map(({ name }) => (NOTED[name] ? contents(name, NOTED[name]) : versions(name)));
  parts.push("SELECT 'jobs', count(*)::text, '' FROM graphile_worker.jobs");
  parts.push("SELECT 'refused messages', count(*)::text, '' FROM refused_message");
  return parts.join(" UNION ALL ");
}

const REFUSED = "refused messages";

/** How many rows each table of the books has, and a checksum over all of them. */
export type Books = Record<string, string>;

/** The books as they stand, audit trail and queue included. */
export async function readBooks(): Promise<Books> {
  statement ??= await makeStatement();
  const found = await rows<{ name: string; count: string; sum: string }>(statement);
  return Object.fromEntries(found.map(({ name, count, sum }) => [name, `${count} ${sum}`]));
}

/** The tables in which two readings differ. */
export function changedTables(before: Books, after: Books): string[] {
  return Object.keys(after).filter((name) => name !== REFUSED && before[name] !== after[name]);
}

/** Whether a refused message was kept between two readings. */
export function keptRefused(before: Books, after: Books): boolean {
  return before[REFUSED] !== after[REFUSED];
}
