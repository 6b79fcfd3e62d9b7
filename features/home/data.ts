import "server-only";
import { z } from "zod";
import type { BusinessScope } from "@/features/businesses/scope";
import type { Home } from "@/features/home/api";
import { OPEN, SOON_DAYS } from "@/features/invoices/filters";
import { paiseColumn } from "@/features/invoices/row";
import { books } from "@/lib/db";
import { Prisma } from "@/lib/generated/prisma/client";
import { InvoiceSide } from "@/lib/generated/prisma/enums";
import { KEPT_PLAN } from "@/lib/kept-plans";
import { ZERO } from "@/lib/money";
import { addDays, daysBetween, toIstDay } from "@/lib/time";

/** A failed or rejected payment older than this, in days, has been dealt with in some other way. */
const RECENT_DAYS = 30;

const billRows = z.array(
  z.object({
    side: z.enum(InvoiceSide),
    overdueCount: z.number(),
    overdueDue: paiseColumn,
    soonCount: z.number(),
    soonDue: paiseColumn,
  }),
);

async function countBills(scope: BusinessScope, today: string) {
  const rows = await books(scope).$queryRaw`${KEPT_PLAN}
    SELECT side, count(*) FILTER (WHERE due_date < ${today}::date)::int AS "overdueCount",
           coalesce(sum(total - paid - pending) FILTER (WHERE due_date < ${today}::date), 0)::bigint AS "overdueDue",
           count(*) FILTER (WHERE due_date >= ${today}::date)::int AS "soonCount",
           coalesce(sum(total - paid - pending) FILTER (WHERE due_date >= ${today}::date), 0)::bigint AS "soonDue"
      FROM invoice
     WHERE business_id = ${scope.businessId}::uuid AND side IN ('PAYABLE', 'RECEIVABLE') AND ${OPEN}
       AND due_date <= ${addDays(today, SOON_DAYS)}::date AND total > paid + pending
     GROUP BY side`;
  return billRows.parse(rows);
}

/** The payments of each figure, among the unsettled ones. */
const FIGURES = {
  waiting: Prisma.sql`side = 'OUTGOING' AND status IN ('SENDING', 'AWAITING_CONFIRMATION')`,
  failed: Prisma.sql`status = 'FAILED'`,
  rejected: Prisma.sql`status = 'REJECTED'`,
  undelivered: Prisma.sql`side = 'OUTGOING' AND status = 'SENDING' AND is_stuck`,
  toConfirm: Prisma.sql`side = 'INCOMING' AND status = 'AWAITING_CONFIRMATION'`,
  confirming: Prisma.sql`side = 'INCOMING' AND status = 'CONFIRMING'`,
  problems: Prisma.sql`side = 'INCOMING' AND ((status = 'AWAITING_CONFIRMATION' AND failure_code IS NOT NULL)
                                              OR (status = 'CONFIRMING' AND is_stuck))`,
} as const;
type FigureName = keyof typeof FIGURES;

const each = (column: (which: Prisma.Sql) => Prisma.Sql) => Prisma.join(Object.values(FIGURES).map(column));
const counts = each((which) => Prisma.sql`count(*) FILTER (WHERE ${which})`);
const totals = each((which) => Prisma.sql`coalesce(sum(total) FILTER (WHERE ${which}), 0)`);
const figuresRow = z.tuple([
  z.object({ counts: z.array(z.number()), totals: z.array(paiseColumn), oldestToConfirm: z.date().nullable() }),
]);

/**
 * All figures in one look at the unsettled payments. `failed` and `rejected` count while one of their bills is still due, so that a
 * payment that was made anew goes away: said as NOT IN, so that no plan takes the index of open invoices, which has all of the
 * business's, for one that finds a bill by its id. A message is stuck when a person must send it again; there are few, and the index on
 * its state finds them.
 */
async function countPayments(scope: BusinessScope, since: Date) {
  const rows = await books(scope).$queryRaw`${KEPT_PLAN}
    WITH stuck AS MATERIALIZED (
      SELECT object_id, CASE side WHEN 'BUYER' THEN 'OUTGOING'::payment_side ELSE 'INCOMING' END AS side FROM message
       WHERE business_id = ${scope.businessId}::uuid AND direction = 'OUT' AND state IN ('STOPPED', 'GAVE_UP')),
    unsettled AS (
      SELECT side, status, total, created_at, failure_code, (object_id, side) IN (SELECT object_id, side FROM stuck) AS is_stuck
        FROM payment
       WHERE business_id = ${scope.businessId}::uuid AND side IN ('OUTGOING', 'INCOMING')
         AND status IN ('SENDING', 'AWAITING_CONFIRMATION', 'CONFIRMING')
      UNION ALL
      SELECT side, status, total, created_at, failure_code, FALSE FROM payment
       WHERE business_id = ${scope.businessId}::uuid AND side = 'OUTGOING' AND status IN ('FAILED', 'REJECTED')
         AND created_at >= ${since}
         AND EXISTS (SELECT 1 FROM payment_line JOIN invoice ON invoice.business_id = payment_line.business_id
                                                            AND invoice.id = payment_line.invoice_id
                      WHERE payment_line.business_id = payment.business_id
                        AND payment_line.payment_object_id = payment.object_id
                        AND invoice.status NOT IN ('PAID', 'CANCELLED', 'REJECTED', 'RETURNED')
                        AND invoice.total > invoice.paid + invoice.pending))
    SELECT ARRAY[${counts}]::int[] AS counts, ARRAY[${totals}]::bigint[] AS totals,
           min(created_at) FILTER (WHERE ${FIGURES.toConfirm}) AS "oldestToConfirm" FROM unsettled`;
  const [found] = figuresRow.parse(rows);
  const figure = (name: FigureName) => {
    const at = Object.keys(FIGURES).indexOf(name);
    return { count: found.counts[at] ?? 0, totalPaise: found.totals[at] ?? ZERO };
  };
  return { figure, oldestToConfirm: found.oldestToConfirm };
}

/** What needs doing now on both sides, with amounts; days are India's at `now`. */
export async function getHome(scope: BusinessScope, now = new Date()): Promise<Home> {
  const today = toIstDay(now);
  const since = new Date(now.getTime() - RECENT_DAYS * 86_400_000);
  const [billsBySide, { figure, oldestToConfirm }] = await Promise.all([
    countBills(scope, today),
    countPayments(scope, since),
  ]);

  const bills = (side: InvoiceSide) => {
    const found = billsBySide.find((row) => row.side === side);
    return {
      overdue: { count: found?.overdueCount ?? 0, duePaise: found?.overdueDue ?? ZERO },
      dueThisWeek: { count: found?.soonCount ?? 0, duePaise: found?.soonDue ?? ZERO },
    };
  };
  return {
    pay: {
      ...bills("PAYABLE"),
      waiting: figure("waiting"),
      failed: figure("failed"),
      rejected: figure("rejected"),
      undelivered: figure("undelivered"),
    },
    getPaid: {
      ...bills("RECEIVABLE"),
      toConfirm: {
        ...figure("toConfirm"),
        oldestDays: oldestToConfirm ? Math.max(0, daysBetween(toIstDay(oldestToConfirm), today)) : 0,
      },
      confirming: figure("confirming"),
      problems: figure("problems"),
    },
  };
}
