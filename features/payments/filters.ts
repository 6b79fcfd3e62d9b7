import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import type { PaymentFilters, PaymentSideName } from "@/features/payments/api";
import type { PaymentRow } from "@/features/payments/row";
import { Prisma } from "@/lib/generated/prisma/client";
import type { PaymentSide } from "@/lib/generated/prisma/enums";
import type { KeysetOrder } from "@/lib/keyset";
import { type Paise, parseRupees } from "@/lib/money";
import { matchesWords } from "@/lib/search-words";

export const paymentSideColumn = (side: PaymentSideName): PaymentSide =>
  side === "outgoing" ? "OUTGOING" : "INCOMING";

const istMidnight = (day: string) => new Date(`${day}T00:00:00+05:30`);
const DAY_MS = 86_400_000;

type Narrowing = Pick<PaymentFilters, "side" | "status" | "from" | "to" | "counterparty">;

/** The WHERE of a list of payments, its search apart: the scope's business, one side, and what the filters ask for. */
export function paymentConditions(scope: BusinessScope, filters: Narrowing): Prisma.Sql {
  const { side, status, from, to, counterparty } = filters;
  return Prisma.join(
    [
      Prisma.sql`payment.business_id = ${scope.businessId}::uuid AND payment.side = ${paymentSideColumn(side)}::payment_side`,
      status?.length ? Prisma.sql` AND payment.status = ANY(${status}::payment_status[])` : Prisma.empty,
      counterparty === undefined ? Prisma.empty : Prisma.sql` AND counterparty_b2b_id = ${counterparty}`,
      from === undefined ? Prisma.empty : Prisma.sql` AND paid_at >= ${istMidnight(from)}`,
      to === undefined ? Prisma.empty : Prisma.sql` AND paid_at < ${new Date(istMidnight(to).getTime() + DAY_MS)}`,
    ],
    "",
  );
}

/** As far as the payments' lines know of it: the same, without status and party. Their index of words is told the book. */
export function lineConditions(scope: BusinessScope, { side, from, to }: Narrowing): Prisma.Sql {
  const own = Prisma.sql`${scope.businessId}::uuid, ${paymentSideColumn(side)}::payment_side`;
  const where = paymentConditions(scope, { side, from, to });
  return Prisma.sql`${where} AND public.line_book(business_id, side) = public.line_book(${own})`;
}

/** What a search looks for: words on a payment's lines, and where it reads as an amount ("98,000") also that, in paise. */
export interface PaymentSearch {
  words: Prisma.Sql | null;
  amount: Paise | null;
}

/** A search, `q`; an amount is for whoever has a bank statement in hand: what was paid, or what it settles. */
export const paymentSearch = (q: string): PaymentSearch => ({
  words: matchesWords("search", q),
  amount: parseRupees(q),
});

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
