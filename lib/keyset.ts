import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { Prisma } from "@/lib/generated/prisma/client";
import { parseDay } from "@/lib/time";

/**
 * Pages by keyset: a page begins after the last row of the one before, found by an index, so that the thousandth page costs what the
 * first does, and rows that come and go meanwhile neither repeat nor hide others. (OFFSET reads and throws away all before it.)
 */

type ValueKind = "day" | "instant" | "whole" | "text" | "uuid";

/** One order of a list. `column` and `id` are this code's own SQL, never a caller's text. */
export interface KeysetOrder {
  column: string;
  kind: ValueKind;
  descending: boolean;
  /** The column that makes the order total, and its PostgreSQL type. */
  id: { column: string; type: "uuid" | "text" };
}

const CASTS: Record<ValueKind, string> = {
  day: "date",
  instant: "timestamptz",
  whole: "bigint",
  text: "text",
  uuid: "uuid",
};

const isUuid = (value: string) => z.uuid().safeParse(value).success;

/** An instant as toISOString writes it, of any year but 0, which PostgreSQL's calendar doesn't have. */
function isInstant(value: string): boolean {
  const instant = new Date(value);
  return !Number.isNaN(instant.getTime()) && instant.toISOString() === value && /^\d/.test(value) && !isYearZero(value);
}

const isYearZero = (value: string) => value.startsWith("0000");

const VALUES: Record<ValueKind, (value: string) => boolean> = {
  day: (value) => parseDay(value) !== null && !isYearZero(value),
  instant: isInstant,
  whole: (value) => /^\d{1,18}$/.test(value),
  text: (value) => !value.includes("\0"),
  uuid: isUuid,
};

const cursorSchema = z.strictObject({
  sort: z.string(),
  back: z.boolean(),
  value: z.string().max(400),
  id: z.string().max(100),
});
type Cursor = z.infer<typeof cursorSchema>;

function encode(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

function decode(text: string, sort: string, order: KeysetOrder): Cursor {
  const message = "This page's address doesn't fit the list. Begin at the first page again.";
  const refuse = () => new AppError("INVALID", message, [{ path: "cursor", message, code: "WRONG_FORMAT" }]);
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(text, "base64url").toString());
  } catch {
    throw refuse();
  }
  const parsed = cursorSchema.safeParse(json);
  if (!parsed.success || parsed.data.sort !== sort || !VALUES[order.kind](parsed.data.value)) throw refuse();
  const idFits = order.id.type === "uuid" ? isUuid(parsed.data.id) : !parsed.data.id.includes("\0");
  if (!idFits) throw refuse();
  return parsed.data;
}

/** The rows of one page, and where its neighbours begin. */
export interface PageRows<Row> {
  rows: Row[];
  nextCursor: string | null;
  previousCursor: string | null;
}

export interface KeysetPage {
  /** ` AND (column, id) > (…)`, or nothing on the first page. */
  after: Prisma.Sql;
  /** `ORDER BY …`. */
  order: Prisma.Sql;
  /** `ORDER BY … LIMIT …`: one row more than the page, to know whether there are others. */
  orderAndLimit: Prisma.Sql;
  /** How many rows `orderAndLimit` lets through. */
  rows: number;
  /** The order's column and direction (ASC or DESC) by themselves. */
  column: Prisma.Sql;
  direction: Prisma.Sql;
  /** The page of what the query returned, in the list's order. */
  finish<Row>(rows: readonly Row[], keyOf: (row: Row) => { value: string; id: string }): PageRows<Row>;
}

/**
 * The SQL of one page.
 * @throws AppError INVALID (path `cursor`) for a cursor that was made for another sort, or by nobody.
 */
export function keysetPage(
  sort: string,
  order: KeysetOrder,
  { cursor: text, limit }: { cursor?: string | undefined; limit: number },
): KeysetPage {
  const cursor = text === undefined ? null : decode(text, sort, order);
  const back = cursor?.back ?? false;
  // Going back reads the list backwards from the cursor, and turns the page over at the end.
  const descending = order.descending !== back;
  const column = Prisma.raw(order.column);
  const id = Prisma.raw(order.id.column);
  const sign = Prisma.raw(descending ? "<" : ">");
  const direction = Prisma.raw(descending ? "DESC" : "ASC");
  const cast = Prisma.raw(CASTS[order.kind]);
  const idCast = Prisma.raw(order.id.type);
  const orderBy = Prisma.sql`ORDER BY ${column} ${direction}, ${id} ${direction}`;
  return {
    rows: limit + 1,
    column,
    direction,
    order: orderBy,
    after: cursor
      ? Prisma.sql` AND (${column}, ${id}) ${sign} (${cursor.value}::${cast}, ${cursor.id}::${idCast})`
      : Prisma.empty,
    orderAndLimit: Prisma.sql`${orderBy} LIMIT ${limit + 1}`,
    finish(found, keyOf) {
      const rows = found.slice(0, limit);
      if (back) rows.reverse();
      const more = found.length > limit;
      const at = (row: (typeof rows)[number] | undefined, backwards: boolean) =>
        row === undefined ? null : encode({ sort, back: backwards, ...keyOf(row) });
      const hasNext = back || more;
      const hasPrevious = back ? more : cursor !== null;
      return {
        rows,
        nextCursor: hasNext ? at(rows.at(-1), false) : null,
        previousCursor: hasPrevious ? at(rows[0], true) : null,
      };
    },
  };
}

/** Rows read at a time for an export. */
const EXPORTED = 500;

/** The pages of a list from its first to its last, for an export: `read` gives one of them. */
export async function* eachPage<Page extends { nextCursor: string | null }>(
  read: (page: { limit: number; cursor: string | undefined }) => Promise<Page>,
): AsyncGenerator<Page> {
  let cursor: string | undefined;
  do {
    const page = await read({ limit: EXPORTED, cursor });
    yield page;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
