import "server-only";
import { z } from "zod";
import type { BusinessScope } from "@/features/businesses/scope";
import type { Home } from "@/features/home/api";
import { OPEN, SOON_DAYS } from "@/features/invoices/filters";
import { paiseColumn } from "@/features/invoices/row";
import { books } from "@/lib/db";
import { InvoiceSide } from "@/lib/generated/prisma/enums";
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
  const rows = await books(scope).$queryRaw`
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

const figure = z.enum(["waiting", "failed", "rejected", "undelivered", "toConfirm", "confirming", "problems"]);
const paymentRows = z.array(z.object({ figure, count: z.number(), total: paiseColumn, oldest: z.date().nullable() }));

/**
 * One row a figure. `failed` and `rejected` count while one of their bills is still due, so that a payment that was made anew goes away.
 * A message is stuck when a person must send it again; there are few, and the index on its state finds them.
 */
async function countPayments(scope: BusinessScope, since: Date) {
  const rows = await books(scope).$queryRaw`
    WITH stuck AS MATERIALIZED (
      SELECT DISTINCT object_id, side FROM message
       WHERE business_id = ${scope.businessId}::uuid AND direction = 'OUT' AND state IN ('STOPPED', 'GAVE_UP')),
    figures AS (
      SELECT 'waiting' AS figure, total, created_at FROM payment
       WHERE business_id = ${scope.businessId}::uuid AND side = 'OUTGOING' AND status IN ('SENDING', 'AWAITING_CONFIRMATION')
      UNION ALL
      SELECT lower(status::text), total, created_at FROM payment
       WHERE business_id = ${scope.businessId}::uuid AND side = 'OUTGOING' AND status IN ('FAILED', 'REJECTED')
         AND created_at >= ${since}
         AND EXISTS (SELECT 1 FROM payment_line JOIN invoice ON invoice.business_id = payment_line.business_id
                                                            AND invoice.id = payment_line.invoice_id
                      WHERE payment_line.business_id = payment.business_id
                        AND payment_line.payment_object_id = payment.object_id
                        AND invoice.status IN ('CREATED', 'ACCEPTED', 'PART_PAID', 'PAYMENT_INITIATED')
                        AND invoice.total > invoice.paid + invoice.pending)
      UNION ALL
      SELECT 'undelivered', total, created_at FROM payment
       WHERE business_id = ${scope.businessId}::uuid AND side = 'OUTGOING' AND status = 'SENDING'
         AND object_id IN (SELECT object_id FROM stuck WHERE stuck.side = 'BUYER')
      UNION ALL
      SELECT 'toConfirm', total, created_at FROM payment
       WHERE business_id = ${scope.businessId}::uuid AND side = 'INCOMING' AND status = 'AWAITING_CONFIRMATION'
      UNION ALL
      SELECT 'confirming', total, created_at FROM payment
       WHERE business_id = ${scope.businessId}::uuid AND side = 'INCOMING' AND status = 'CONFIRMING'
      UNION ALL
      SELECT 'problems', total, created_at FROM payment
       WHERE business_id = ${scope.businessId}::uuid AND side = 'INCOMING'
         AND ((status = 'AWAITING_CONFIRMATION' AND failure_code IS NOT NULL)
           OR (status = 'CONFIRMING' AND object_id IN (SELECT object_id FROM stuck WHERE stuck.side = 'SUPPLIER'))))
    SELECT figure, count(*)::int AS count, sum(total)::bigint AS total, min(created_at) AS oldest FROM figures GROUP BY figure`;
  return paymentRows.parse(rows);
}

/** What needs doing now on both sides, with amounts; days are India's at `now`. */
export async function getHome(scope: BusinessScope, now = new Date()): Promise<Home> {
  const today = toIstDay(now);
  const since = new Date(now.getTime() - RECENT_DAYS * 86_400_000);
  const [billsBySide, paymentsByFigure] = await Promise.all([countBills(scope, today), countPayments(scope, since)]);

  const bills = (side: InvoiceSide) => {
    const found = billsBySide.find((row) => row.side === side);
    return {
      overdue: { count: found?.overdueCount ?? 0, duePaise: found?.overdueDue ?? ZERO },
      dueThisWeek: { count: found?.soonCount ?? 0, duePaise: found?.soonDue ?? ZERO },
    };
  };
  const payments = (name: z.output<typeof figure>) => {
    const found = paymentsByFigure.find((row) => row.figure === name);
    return { count: found?.count ?? 0, totalPaise: found?.total ?? ZERO };
  };
  const oldest = paymentsByFigure.find((row) => row.figure === "toConfirm")?.oldest;
  return {
    pay: {
      ...bills("PAYABLE"),
      waiting: payments("waiting"),
      failed: payments("failed"),
      rejected: payments("rejected"),
      undelivered: payments("undelivered"),
    },
    getPaid: {
      ...bills("RECEIVABLE"),
      toConfirm: {
        ...payments("toConfirm"),
        oldestDays: oldest ? Math.max(0, daysBetween(toIstDay(oldest), today)) : 0,
      },
      confirming: payments("confirming"),
      problems: payments("problems"),
    },
  };
}
