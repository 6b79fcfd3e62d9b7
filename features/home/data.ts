import "server-only";
import { z } from "zod";
import type { BusinessScope } from "@/features/businesses/scope";
import type { Home } from "@/features/home/api";
import { CAME_BACK_INVOICES, OPEN, SOON_DAYS } from "@/features/invoices/filters";
import { paiseColumn, sumOfPaise } from "@/features/invoices/row";
import { recentSince, STILL_DUE_LINES, stuckMessages } from "@/features/payments/filters";
import { books } from "@/lib/db";
import { Prisma } from "@/lib/generated/prisma/client";
import { KEPT_PLAN } from "@/lib/kept-plans";
import { type Paise, ZERO } from "@/lib/money";
import { addDays, daysSince, toIstDay } from "@/lib/time";

/*
 * The figures tell rows apart by columns that are true or false already: every comparison in a statement is made ready anew each time it
 * runs, and these would stand in it once for each count, sum and date.
 */

/** The open invoices of each figure, among those that are due by the end of the week. */
const BILLS = {
  overduePayable: Prisma.sql`is_payable AND is_overdue`,
  soonPayable: Prisma.sql`is_payable AND NOT is_overdue`,
  overdueReceivable: Prisma.sql`NOT is_payable AND is_overdue`,
  soonReceivable: Prisma.sql`NOT is_payable AND NOT is_overdue`,
} as const;

/** The invoices of each figure, among those of this business that came back. */
const CAME_BACK = {
  payable: Prisma.sql`side = 'PAYABLE'`,
  receivable: Prisma.sql`side = 'RECEIVABLE'`,
} as const;

/** The payments of each figure, among the unsettled ones. */
const PAYMENTS = {
  toApprove: Prisma.sql`is_held`,
  waiting: Prisma.sql`is_ours AND (is_sending OR is_awaiting)`,
  failed: Prisma.sql`is_failed`,
  rejected: Prisma.sql`is_rejected`,
  undelivered: Prisma.sql`is_ours AND is_sending AND is_stuck`,
  toConfirm: Prisma.sql`NOT is_ours AND is_awaiting`,
  confirming: Prisma.sql`NOT is_ours AND is_confirming`,
  problems: Prisma.sql`NOT is_ours AND ((is_awaiting AND failure_code IS NOT NULL) OR (is_confirming AND is_stuck))`,
} as const;

type Figures = Readonly<Record<string, Prisma.Sql>>;

/** How many rows each figure has, and their sum in paise: two columns of SQL, `<name>Counts` and `<name>Sums`. */
function columnsOf(name: "bill" | "cameBack" | "payment", figures: Figures, amount: "due" | "total"): Prisma.Sql {
  const each = (column: (which: Prisma.Sql) => Prisma.Sql) => Prisma.join(Object.values(figures).map(column));
  const counts = each((which) => Prisma.sql`count(*) FILTER (WHERE ${which})`);
  const sums = each((which) => sumOfPaise(Prisma.raw(amount), which));
  return Prisma.sql`ARRAY[${counts}]::int[] AS ${Prisma.raw(`"${name}Counts"`)}, ARRAY[${sums}]::bigint[] AS ${Prisma.raw(`"${name}Sums"`)}`;
}

/** A figure by its name, of what those columns had. */
function figureOf<Name extends string>(
  figures: Readonly<Record<Name, Prisma.Sql>>,
  counts: readonly number[],
  sums: readonly Paise[],
) {
  return (name: Name) => {
    const at = Object.keys(figures).indexOf(name);
    return { count: counts[at] ?? 0, sum: sums[at] ?? ZERO };
  };
}

const foundRow = z.tuple([
  z.object({
    billCounts: z.array(z.number()),
    billSums: z.array(paiseColumn),
    cameBackCounts: z.array(z.number()),
    cameBackSums: z.array(paiseColumn),
    paymentCounts: z.array(z.number()),
    paymentSums: z.array(paiseColumn),
    netToConfirm: paiseColumn,
    oldestToApprove: z.date().nullable(),
    oldestWaiting: z.date().nullable(),
    oldestToConfirm: z.date().nullable(),
  }),
]);

/**
 * All figures in one statement, which names the business once: a look at the invoices that are due, one at those that came back, and one
 * at the unsettled payments.
 * `failed` and `rejected` count while what they were for is still due, and so much of it: a payment that was made anew goes away.
 */
async function countAll(scope: BusinessScope, today: string, now: Date) {
  const result = await books(scope).$queryRaw`${KEPT_PLAN}
    WITH stuck AS MATERIALIZED (
      SELECT object_id, CASE side WHEN 'BUYER' THEN 'OUTGOING'::payment_side ELSE 'INCOMING' END AS side ${stuckMessages(scope)}),
    unsettled AS (
      SELECT side = 'OUTGOING' AS is_ours, status = 'AWAITING_APPROVAL' AS is_held, status = 'SENDING' AS is_sending, status = 'AWAITING_CONFIRMATION' AS is_awaiting,
             status = 'CONFIRMING' AS is_confirming, FALSE AS is_failed, FALSE AS is_rejected,
             total, net, coalesce(approved_at, created_at) AS since, failure_code, (object_id, side) IN (SELECT object_id, side FROM stuck) AS is_stuck
        FROM payment
       WHERE business_id = ${scope.businessId}::uuid AND side IN ('OUTGOING', 'INCOMING')
         AND status IN ('AWAITING_APPROVAL', 'SENDING', 'AWAITING_CONFIRMATION', 'CONFIRMING')
      UNION ALL
      SELECT TRUE, FALSE, FALSE, FALSE, FALSE, status = 'FAILED', status = 'REJECTED', still_due, net, created_at, failure_code, FALSE
        FROM payment CROSS JOIN LATERAL (
             SELECT sum(least(payment_line.total, invoice.total - invoice.paid - invoice.pending)) AS still_due ${STILL_DUE_LINES}) again
       WHERE business_id = ${scope.businessId}::uuid AND side = 'OUTGOING' AND status IN ('FAILED', 'REJECTED')
         AND created_at >= ${recentSince(now)} AND still_due > 0)
    SELECT bill.*, came_back.*, payment.*
      FROM (SELECT ${columnsOf("bill", BILLS, "due")}
              FROM (SELECT side = 'PAYABLE' AS is_payable, total - paid - pending AS due, due_date < ${today}::date AS is_overdue
                      FROM invoice
                     WHERE business_id = ${scope.businessId}::uuid AND side IN ('PAYABLE', 'RECEIVABLE') AND ${OPEN}
                       AND due_date <= ${addDays(today, SOON_DAYS)}::date AND total > paid + pending
                       -- Or PostgreSQL puts the comparisons in their columns' places again.
                       OFFSET 0) soon) bill,
           (SELECT ${columnsOf("cameBack", CAME_BACK, "total")} FROM invoice
             WHERE business_id = ${scope.businessId}::uuid AND side IN ('PAYABLE', 'RECEIVABLE') AND ${CAME_BACK_INVOICES}) came_back,
           (SELECT ${columnsOf("payment", PAYMENTS, "total")},
                   ${sumOfPaise(Prisma.raw("net"), PAYMENTS.toConfirm)} AS "netToConfirm",
                   min(since) FILTER (WHERE ${PAYMENTS.toApprove}) AS "oldestToApprove",
                   min(since) FILTER (WHERE ${PAYMENTS.waiting}) AS "oldestWaiting",
                   min(since) FILTER (WHERE ${PAYMENTS.toConfirm}) AS "oldestToConfirm"
              FROM unsettled) payment`;
  const [found] = foundRow.parse(result);
  return {
    bill: figureOf(BILLS, found.billCounts, found.billSums),
    cameBack: figureOf(CAME_BACK, found.cameBackCounts, found.cameBackSums),
    payment: figureOf(PAYMENTS, found.paymentCounts, found.paymentSums),
    netToConfirm: found.netToConfirm,
    oldestToApprove: found.oldestToApprove,
    oldestWaiting: found.oldestWaiting,
    oldestToConfirm: found.oldestToConfirm,
  };
}

/** What needs doing now on both sides, with amounts; days are India's at `now`. */
export async function getHome(scope: BusinessScope, now = new Date()): Promise<Home> {
  const today = toIstDay(now);
  const daysOf = (oldest: Date | null) => (oldest ? daysSince(oldest, today) : 0);
  const { bill, cameBack, payment, netToConfirm, ...oldest } = await countAll(scope, today, now);
  const bills = (name: keyof typeof BILLS) => {
    const { count, sum } = bill(name);
    return { count, duePaise: sum };
  };
  const cameBackOf = (name: keyof typeof CAME_BACK) => {
    const { count, sum } = cameBack(name);
    return { count, totalPaise: sum };
  };
  const payments = (name: keyof typeof PAYMENTS) => {
    const { count, sum } = payment(name);
    return { count, totalPaise: sum };
  };
  return {
    pay: {
      overdue: bills("overduePayable"),
      dueThisWeek: bills("soonPayable"),
      cameBack: cameBackOf("payable"),
      toApprove: { ...payments("toApprove"), oldestDays: daysOf(oldest.oldestToApprove) },
      waiting: { ...payments("waiting"), oldestDays: daysOf(oldest.oldestWaiting) },
      failed: payments("failed"),
      rejected: payments("rejected"),
      undelivered: payments("undelivered"),
    },
    getPaid: {
      overdue: bills("overdueReceivable"),
      dueThisWeek: bills("soonReceivable"),
      cameBack: cameBackOf("receivable"),
      toConfirm: {
        ...payments("toConfirm"),
        netPaise: netToConfirm,
        oldestDays: daysOf(oldest.oldestToConfirm),
      },
      confirming: payments("confirming"),
      problems: payments("problems"),
    },
  };
}
