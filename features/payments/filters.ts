import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import { INVOICE_TEXT } from "@/features/invoices/filters";
import type { PaymentFilters, PaymentSideName } from "@/features/payments/api";
import type { PaymentRow } from "@/features/payments/row";
import { Prisma } from "@/lib/generated/prisma/client";
import type { PaymentSide } from "@/lib/generated/prisma/enums";
import { type KeysetOrder, matchesWords } from "@/lib/keyset";
import { parseRupees } from "@/lib/money";

/** What people search payments by, besides their invoices: the expression of `payment_search_idx`. */
const PAYMENT_TEXT = `(' ' || utr || ' ' || counterparty_name)`;

export const paymentSideColumn = (side: PaymentSideName): PaymentSide =>
  side === "outgoing" ? "OUTGOING" : "INCOMING";

const istMidnight = (day: string) => new Date(`${day}T00:00:00+05:30`);
const DAY_MS = 86_400_000;

function invoicesMatch(scope: BusinessScope, side: PaymentSideName, words: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    EXISTS (SELECT 1 FROM payment_line JOIN invoice ON invoice.business_id = payment_line.business_id
                                                   AND invoice.id = payment_line.invoice_id
             WHERE payment_line.business_id = ${scope.businessId}::uuid
               AND payment_line.payment_object_id = payment.object_id
               AND invoice.business_id = ${scope.businessId}::uuid
               AND invoice.side = ${side === "outgoing" ? "PAYABLE" : "RECEIVABLE"}::invoice_side${words})`;
}

/**
 * The WHEREs of a list of payments: a payment that one of them lets through belongs to it. A search has two, the payment's own words
 * and those of its invoices, since one WHERE with OR could use neither's index; and where it reads as an amount ("98,000") a third,
 * for whoever has a bank statement in hand: what was paid, or what it settles.
 */
export function paymentConditions(scope: BusinessScope, filters: PaymentFilters): Prisma.Sql[] {
  const { side, status, from, to, counterparty, q } = filters;
  const all = Prisma.join(
    [
      Prisma.sql`payment.business_id = ${scope.businessId}::uuid AND payment.side = ${paymentSideColumn(side)}::payment_side`,
      status?.length ? Prisma.sql` AND payment.status = ANY(${status}::payment_status[])` : Prisma.empty,
      counterparty === undefined ? Prisma.empty : Prisma.sql` AND counterparty_b2b_id = ${counterparty}`,
      from === undefined ? Prisma.empty : Prisma.sql` AND paid_at >= ${istMidnight(from)}`,
      to === undefined ? Prisma.empty : Prisma.sql` AND paid_at < ${new Date(istMidnight(to).getTime() + DAY_MS)}`,
    ],
    "",
  );
  if (!q) return [all];
  const amount = parseRupees(q);
  return [
    ...(amount === null ? [] : [Prisma.sql`${all} AND ${amount}::bigint IN (net, total)`]),
    Prisma.sql`${all}${matchesWords(PAYMENT_TEXT, q)}`,
    Prisma.sql`${all} AND ${invoicesMatch(scope, side, matchesWords(INVOICE_TEXT, q))}`,
  ];
}

type SortName = "createdAt" | "total" | "paidAt";

const SORTS: Record<SortName, Pick<KeysetOrder, "column" | "kind"> & { valueIn: (row: PaymentRow) => string }> = {
  createdAt: { column: "created_at", kind: "instant", valueIn: (row) => row.createdAt.toISOString() },
  total: { column: "total", kind: "whole", valueIn: (row) => String(row.total) },
  paidAt: { column: "paid_at", kind: "instant", valueIn: (row) => row.paidAt.toISOString() },
};

/** A sort of the API (`-createdAt`) as an order of the table, and what a cursor remembers of a row. */
export function paymentOrder(sort: PaymentFilters["sort"]): {
  order: KeysetOrder;
  keyOf: (row: PaymentRow) => { value: string; id: string };
} {
  const { column, kind, valueIn } = SORTS[sort.replace("-", "") as SortName];
  return {
    order: { column, kind, descending: sort.startsWith("-"), id: { column: "object_id", type: "text" } },
    keyOf: (row) => ({ value: valueIn(row), id: row.objectId }),
  };
}
