import "server-only";
import { z } from "zod";
import type { BusinessScope } from "@/features/businesses/scope";
import { NOT_OWED, sideColumn } from "@/features/invoices/filters";
import { paiseColumn } from "@/features/invoices/row";
import type { InvoiceSideName } from "@/features/invoices/schema";
import { type LedgerRow, ledgerRow } from "@/features/ledger/row";
import { type Period, paymentSideOf } from "@/features/ledger/rules";
import { isUndelivered, paymentSideColumn } from "@/features/payments/filters";
import { CLAIMING } from "@/features/payments/rules";
import { books } from "@/lib/db";
import { Prisma } from "@/lib/generated/prisma/client";
import { type KeysetOrder, type KeysetPage, keysetPage, type PageRows } from "@/lib/keyset";
import { LARGEST_SUM } from "@/lib/money";
import { addDays, istMidnight } from "@/lib/time";

/*
 * A ledger's rows and sums in one statement, so that they agree whatever is paid meanwhile. All that counts of the party is read for it,
 * through the indexes by party, with no more than day, key and amount of each; the rest only of the rows that are shown.
 */

/** Whose ledger is read, of which side and days. */
export interface LedgerAsked extends Period {
  side: InvoiceSideName;
  b2bId: string;
}

/** By day; within a day invoices come before payments, as the key's first character has it, and then by id. */
const BY_DAY: KeysetOrder = { column: "day", kind: "day", descending: false, id: { column: "key", type: "text" } };
const BY_PAID: KeysetOrder = {
  column: "paid_at",
  kind: "instant",
  descending: false,
  id: { column: "object_id", type: "text" },
};

const dayKeyOf = ({ day, key }: LedgerRow) => ({ value: day, id: key });
const paidKeyOf = (row: WaitingRow) => ({ value: row.paidAt.toISOString(), id: row.objectId });

/** The parts of a payment's adjustment that are told apart; what is beyond them is told as one. */
const MOST_PARTS = 20;

export type CountedRow = Extract<LedgerRow, { kind: "invoice" | "payment" }>;
export type WaitingRow = Extract<LedgerRow, { kind: "waiting" }>;

const sums = {
  /** Null where the business knows no such party. */
  party: z.string().nullable(),
  count: z.number(),
  opening: paiseColumn,
  billed: paiseColumn,
  settled: paiseColumn,
  closing: paiseColumn,
  waitingCount: z.number(),
  waitingTotal: paiseColumn,
};
const sumsRow = z.object(sums);
export type LedgerSums = z.output<typeof sumsRow>;
const foundRows = z.tuple([sumsRow.loose()], sumsRow.loose());

/** SQL for a sum as a `paiseColumn`: 0 for no rows, and LARGEST_SUM at most on either side of zero. */
function capped(sum: Prisma.Sql): Prisma.Sql {
  const most = Prisma.raw(String(LARGEST_SUM));
  return Prisma.sql`greatest(least(coalesce(${sum}, 0), ${most}), -${most})::bigint`;
}

/** The last day that is looked at: of a period that ends before it begins, the one before it. */
const lastDay = ({ from, to }: Period): string => (to < from ? addDays(from, -1) : to);

const ofParty = (scope: BusinessScope, b2bId: string) =>
  Prisma.sql`business_id = ${scope.businessId}::uuid AND counterparty_b2b_id = ${b2bId}`;

const ofPayments = (scope: BusinessScope, { side, b2bId, ...period }: LedgerAsked) => Prisma.sql`
  ${ofParty(scope, b2bId)} AND side = ${paymentSideColumn(paymentSideOf(side))}::payment_side
    AND paid_at < ${istMidnight(addDays(lastDay(period), 1))}`;

const PAID_DAY = Prisma.sql`(paid_at AT TIME ZONE 'Asia/Kolkata')::date`;

/** All that counts until the period's end: the day, the key, and by how much what is owed grows. */
const entriesOf = (scope: BusinessScope, asked: LedgerAsked) => Prisma.sql`
  SELECT issue_date AS day, ('0' || id) COLLATE "C" AS key, total AS amount FROM invoice
   WHERE ${ofParty(scope, asked.b2bId)} AND side = ${sideColumn(asked.side)}::invoice_side AND NOT (${NOT_OWED})
     AND issue_date <= ${lastDay(asked)}::date
   UNION ALL
  SELECT ${PAID_DAY}, ('1' || object_id) COLLATE "C", -total FROM payment
   WHERE ${ofPayments(scope, asked)} AND status = 'ACCEPTED'`;

const waitingOf = (scope: BusinessScope, asked: LedgerAsked) => Prisma.sql`
  SELECT object_id, paid_at, total FROM payment
   WHERE ${ofPayments(scope, asked)} AND status = ANY(${[...CLAIMING]}::payment_status[])`;

/** Payments that don't count yet, as rows that are shown. */
const waitingShown = (waiting: Prisma.Sql) => Prisma.sql`
  SELECT 'waiting' AS kind, ${PAID_DAY} AS day, '1' || object_id AS key, -total AS amount, NULL::bigint AS brought, NULL::bigint AS balance,
         NULL::uuid AS invoice_id, object_id
    FROM (${waiting}) waiting`;

/** Rows that are shown, with what is read of their invoices and payments, each by its key. */
const detailsOf = (scope: BusinessScope, shown: Prisma.Sql) => Prisma.sql`
  SELECT shown.kind, shown.day, shown.key, shown.amount, shown.brought, shown.balance,
         invoice.id AS "invoiceId", invoice.supplier_invoice_number AS "invoiceNumber", invoice.description, invoice.due_date AS "dueDate",
         payment.object_id AS "objectId", payment.utr, payment.paid_at AS "paidAt", payment.mode, payment.net, payment.adjustment,
         payment.status, ${isUndelivered(scope)} AS undelivered, parts.splits, lines."invoiceNumbers", lines."invoiceCount"
    FROM (${shown}) shown
    LEFT JOIN invoice ON invoice.business_id = ${scope.businessId}::uuid AND invoice.id = shown.invoice_id
    LEFT JOIN payment ON payment.business_id = ${scope.businessId}::uuid AND payment.object_id = shown.object_id
    LEFT JOIN LATERAL (
         SELECT coalesce((array_agg(billed.supplier_invoice_number ORDER BY payment_line.position))[1:3], '{}') AS "invoiceNumbers",
                count(*)::int AS "invoiceCount"
           FROM payment_line JOIN invoice billed ON billed.business_id = payment_line.business_id AND billed.id = payment_line.invoice_id
          WHERE payment_line.business_id = ${scope.businessId}::uuid AND payment_line.payment_object_id = shown.object_id) lines ON TRUE
    LEFT JOIN LATERAL (
         SELECT jsonb_agg(part) AS splits FROM (
           SELECT split.name, split."refNo", sum(split.value)::bigint AS value
             FROM payment_line CROSS JOIN LATERAL jsonb_to_recordset(splits) AS split(name text, "refNo" text, value bigint)
            WHERE payment_line.business_id = ${scope.businessId}::uuid AND payment_line.payment_object_id = shown.object_id
              AND payment.adjustment > 0
            GROUP BY split.name, split."refNo"
            ORDER BY upper(btrim(split.name)) <> 'TDS', value DESC, split.name, split."refNo" LIMIT ${MOST_PARTS}) part) parts ON TRUE`;

/**
 * The page, and each of its rows with the balance before and after it. Ids are taken back from their keys in the tables' own collation:
 * in another one no index finds them.
 */
const pageShown = (page: KeysetPage) => Prisma.sql`
  SELECT CASE WHEN key < '1' THEN 'invoice' ELSE 'payment' END AS kind, day, key, amount,
         ${capped(Prisma.sql`sums.before + sum(amount) OVER so_far - amount`)} AS brought,
         ${capped(Prisma.sql`sums.before + sum(amount) OVER so_far`)} AS balance,
         CASE WHEN key < '1' THEN substr(key, 2)::uuid END AS invoice_id, CASE WHEN key >= '1' THEN substr(key, 2) COLLATE "default" END AS object_id
    FROM page, sums WINDOW so_far AS (ORDER BY ${page.column}, key)`;

async function query(scope: BusinessScope, asked: LedgerAsked, page: KeysetPage, waiting: number): Promise<unknown> {
  const { from, to, b2bId } = asked;
  const within = Prisma.sql`day BETWEEN ${from}::date AND ${to}::date`;
  return books(scope).$queryRaw`
    WITH entry AS MATERIALIZED (${entriesOf(scope, asked)}),
    page AS MATERIALIZED (SELECT * FROM entry WHERE ${within}${page.after} ${page.orderAndLimit}),
    waiting AS MATERIALIZED (${waitingOf(scope, asked)}),
    sums AS MATERIALIZED (
      SELECT count(*) FILTER (WHERE ${within})::int AS count, sum(amount) FILTER (WHERE day < ${from}::date) AS opening,
             sum(amount) FILTER (WHERE ${within} AND amount > 0) AS billed, -sum(amount) FILTER (WHERE ${within} AND amount < 0) AS settled,
             sum(amount) AS closing,
             coalesce(sum(amount) FILTER (WHERE (day, key) < (SELECT day, key FROM page ORDER BY day, key LIMIT 1)), 0) AS before
        FROM entry)
    SELECT (SELECT name FROM counterparty WHERE business_id = ${scope.businessId}::uuid AND b2b_id = ${b2bId}) AS party, sums.count,
           ${capped(Prisma.sql`sums.opening`)} AS opening, ${capped(Prisma.sql`sums.billed`)} AS billed,
           ${capped(Prisma.sql`sums.settled`)} AS settled, ${capped(Prisma.sql`sums.closing`)} AS closing,
           (SELECT count(*)::int FROM waiting) AS "waitingCount", ${capped(Prisma.sql`(SELECT sum(total) FROM waiting)`)} AS "waitingTotal",
           row.*
      FROM sums LEFT JOIN (${detailsOf(
        scope,
        Prisma.sql`${pageShown(page)} UNION ALL
          ${waitingShown(Prisma.sql`SELECT * FROM waiting ORDER BY paid_at, object_id LIMIT ${waiting}`)}`,
      )}) row ON TRUE
     ORDER BY row.kind = 'waiting', CASE WHEN row.kind = 'waiting' THEN row."paidAt" END,
              row.day ${page.direction}, row.key ${page.direction}`;
}

/**
 * One page of a ledger, its sums, and the first `waiting` payments that don't count yet.
 * @throws AppError INVALID for a cursor of another list.
 */
export async function findLedger(
  scope: BusinessScope,
  asked: LedgerAsked,
  { cursor, limit, waiting }: { cursor?: string | undefined; limit: number; waiting: number },
): Promise<{ sums: LedgerSums; found: PageRows<CountedRow>; waiting: WaitingRow[] }> {
  const page = keysetPage("ledger", BY_DAY, { cursor, limit });
  const rows = foundRows.parse(await query(scope, asked, page, waiting));
  const shown = z.array(ledgerRow).parse(rows.filter(({ kind }) => kind !== null));
  return {
    sums: sumsRow.parse(rows[0]),
    found: page.finish(
      shown.filter((row) => row.kind !== "waiting"),
      dayKeyOf,
    ),
    waiting: shown.filter((row) => row.kind === "waiting"),
  };
}

/** One page of the payments that don't count yet, those that were paid first before the others. */
export async function findWaiting(
  scope: BusinessScope,
  asked: LedgerAsked,
  { cursor, limit }: { cursor: string | undefined; limit: number },
): Promise<PageRows<WaitingRow>> {
  const page = keysetPage("waiting", BY_PAID, { cursor, limit });
  const shown = waitingShown(Prisma.sql`${waitingOf(scope, asked)}${page.after} ${page.orderAndLimit}`);
  const found = await books(scope).$queryRaw`
    SELECT * FROM (${detailsOf(scope, shown)}) row ORDER BY "paidAt", "objectId"`;
  const rows = z.array(ledgerRow).parse(found);
  return page.finish(
    rows.filter((row) => row.kind === "waiting"),
    paidKeyOf,
  );
}
