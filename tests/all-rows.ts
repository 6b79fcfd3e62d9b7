import type { BusinessScope } from "@/features/businesses/scope";
import { prisma } from "@/tests/prisma";

const TABLES = ["invoice", "payment", "payment_line", "message", "audit_event", "counterparty"] as const;

/** What differs between two equal trades: ids, hashes, and numbers of their own; and when a row was sealed or written by which transaction. */
const OWN: [RegExp, string][] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "an id"],
  [/(PMT|INV|REQ)[0-9a-f]{32}/g, "an id of $1"],
  [/[0-9a-f]{64}/g, "a hash"],
  [/([A-Z]+)\d+@BCB/g, "$1@BCB"],
  [/KM\/\d+/g, "KM/n"],
  [/(km) \d+/g, "km n"],
];

const TIME = /\d{4}-\d\d-\d\dT[\d:.]+\+00:00/g;
/** Some rows are made at the time of the database's own clock, all others at the tests'. */
const isJustNow = (time: string) => Math.abs(Date.now() - Date.parse(time)) < 600_000;

/** A text without what is each trade's own. */
export const withoutOwn = (text: string) =>
  OWN.reduce((rest, [own, plain]) => rest.replace(own, plain), text).replace(TIME, (time) =>
    isJustNow(time) ? "just now" : time,
  );

/** Every row of both parties' books, as text without what is each trade's own, in an order that doesn't depend on ids. */
export async function booksOfTrade({ buyer, supplier }: { buyer: BusinessScope; supplier: BusinessScope }) {
  const books: Record<string, string[]> = {};
  for (const [name, { businessId }] of Object.entries({ buyer, supplier }))
    for (const table of TABLES) {
      const rows = await prisma.$queryRawUnsafe<{ row: Record<string, unknown> }[]>(
        `SELECT to_jsonb(t) AS row FROM "${table}" t WHERE business_id = $1::uuid`,
        businessId,
      );
      books[`${name}'s ${table}`] = rows
        .map(({ row: { transaction_id: _transaction, ...row } }) => withoutOwn(JSON.stringify(row)))
        .sort();
    }
  return books;
}
