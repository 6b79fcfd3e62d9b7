import type pg from "pg";

/** A table of the portal's schema, as the database describes it. */
export interface Table {
  name: string;
  /** Without generated ones, which the database computes itself. */
  columns: string[];
  /** Tables that its foreign keys point to. */
  parents: string[];
}

/** Written by the migrations, in every database anew. */
const NOT_DATA = ["_prisma_migrations"];

/** All tables that hold data, by name. */
export async function readTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `SELECT c.relname AS name,
            (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
              WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
            ARRAY(SELECT DISTINCT parent.relname::text FROM pg_constraint f JOIN pg_class parent ON parent.oid = f.confrelid
                   WHERE f.contype = 'f' AND f.conrelid = c.oid AND f.confrelid <> c.oid) AS parents
       FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
        AND c.relname <> ALL($1)
      ORDER BY c.relname`,
    [NOT_DATA],
  );
  return rows;
}

/**
 * The tables, each after those that its foreign keys point to: so the keys hold at every step, and nobody has to be a superuser to
 * switch them off.
 * @throws Error when they point in a circle
 */
export function parentsFirst(tables: readonly Table[]): Table[] {
  const waiting = [...tables];
  const ordered: Table[] = [];
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ parents }) => !waiting.some(({ name }) => parents.includes(name)));
    if (next < 0) throw new Error(`foreign keys in a circle: ${waiting.map(({ name }) => name).join(", ")}`);
    ordered.push(...waiting.splice(next, 1));
  }
  return ordered;
}

/** A name as SQL takes it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
