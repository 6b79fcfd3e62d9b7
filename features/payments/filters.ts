import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import type { PaymentFilters, PaymentSideName } from "@/features/payments/api";
import type { PaymentRow } from "@/features/payments/row";
import { utrKey } from "@/features/protocol/utr";
import { Prisma } from "@/lib/generated/prisma/client";
import type { PaymentSide } from "@/lib/generated/prisma/enums";
import type { KeysetOrder } from "@/lib/keyset";
import { type Paise, parseRupees } from "@/lib/money";
import { matchesWords } from "@/lib/search-words";
import { addDays, istMidnight } from "@/lib/time";

export const paymentSideColumn = (side: PaymentSideName): PaymentSide =>
  side === "outgoing" ? "OUTGOING" : "INCOMING";

/** `utrKey` of a payment's UTR, as its index has it. */
const UTR_KEY = Prisma.sql`ltrim(upper(regexp_replace(payment.utr COLLATE "C", '[^0-9A-Za-z]', '', 'g')), '0')`;

/** Payments that name this UTR however it is written. Of what has neither letter nor digit, to the letter. */
export function namesUtr(utr: string): Prisma.Sql {
  const key = utrKey(utr);
  const same = Prisma.sql` AND ${UTR_KEY} = ${key}`;
  return key === "" ? Prisma.sql`${same} AND payment.utr = ${utr.trim()}` : same;
}

/** A failed or rejected payment older than this, in days, has been dealt with in some other way. */
const RECENT_DAYS = 30;

/** Failed and rejected payments that were made since then may still have to be made anew. */
export const recentSince = (now: Date) => new Date(now.getTime() - RECENT_DAYS * 86_400_000);

/**
 * FROM and WHERE for a payment's lines whose bill is still due and has not been paid again since. The statuses are a NOT IN on purpose: with
 * IN, PostgreSQL may go through the index of all of the business's open invoices instead of looking up the bill by its id.
 */
export const STILL_DUE_LINES = Prisma.sql`
  FROM payment_line JOIN invoice ON invoice.business_id = payment_line.business_id AND invoice.id = payment_line.invoice_id
 WHERE payment_line.business_id = payment.business_id AND payment_line.payment_object_id = payment.object_id
   AND invoice.status NOT IN ('PAID', 'CANCELLED', 'REJECTED', 'RETURNED') AND invoice.total > invoice.paid + invoice.pending
   AND NOT EXISTS (SELECT 1 FROM payment_line later
                    WHERE later.business_id = payment_line.business_id AND later.invoice_id = payment_line.invoice_id
                      AND later.made_at > payment_line.made_at)`;

/** Messages of the business that go no further until a person sends them again: their payments' ids. There are few. */
export const stuckMessages = (scope: BusinessScope) => Prisma.sql`
  FROM message WHERE business_id = ${scope.businessId}::uuid AND direction = 'OUT' AND state IN ('STOPPED', 'GAVE_UP')`;

/**
 * Whether a payment's message is among those, as a column of its row. Looked up by key, and only for payments on their way: while the
 * network refuses every call there may be thousands of such messages.
 */
export const isUndelivered = (scope: BusinessScope) => Prisma.sql`
  CASE WHEN payment.status IN ('SENDING', 'CONFIRMING')
       THEN EXISTS (SELECT ${stuckMessages(scope)} AND message.object_id = payment.object_id
                       AND message.side = (CASE payment.side WHEN 'OUTGOING' THEN 'BUYER' ELSE 'SUPPLIER' END)::message_side)
       ELSE FALSE END`;

function todoCondition(scope: BusinessScope, { todo, side }: Narrowing, now: Date): Prisma.Sql {
  if (todo === "unanswered")
    return Prisma.sql` AND payment.status IN ('SENDING', 'AWAITING_CONFIRMATION', 'CONFIRMING')`;
  if (todo === "pay-again")
    return Prisma.sql` AND payment.status IN ('FAILED', 'REJECTED') AND payment.created_at >= ${recentSince(now)}
                       AND EXISTS (SELECT 1 ${STILL_DUE_LINES})`;
  if (todo === "send-again")
    return Prisma.sql` AND payment.status = ${side === "outgoing" ? "SENDING" : "CONFIRMING"}::payment_status
                       AND object_id IN (SELECT object_id ${stuckMessages(scope)})`;
  return Prisma.empty;
}

type Narrowing = Pick<PaymentFilters, "side" | "status" | "todo" | "from" | "to" | "counterparty" | "utr">;

/** The WHERE of a list of payments, its search apart: the scope's business, one side, and what the filters ask for. */
export function paymentConditions(scope: BusinessScope, filters: Narrowing, now: Date): Prisma.Sql {
  return Prisma.sql`${ownConditions(scope, filters)}${todoCondition(scope, filters, now)}`;
}

/** As far as a payment's own row knows. */
function ownConditions(scope: BusinessScope, { side, status, from, to, counterparty, utr }: Narrowing): Prisma.Sql {
  return Prisma.join(
    [
      Prisma.sql`payment.business_id = ${scope.businessId}::uuid AND payment.side = ${paymentSideColumn(side)}::payment_side`,
      status?.length ? Prisma.sql` AND payment.status = ANY(${status}::payment_status[])` : Prisma.empty,
      counterparty === undefined ? Prisma.empty : Prisma.sql` AND counterparty_b2b_id = ${counterparty}`,
      utr === undefined ? Prisma.empty : Prisma.sql`${namesUtr(utr)} AND payment.utr = ${utr}`,
      from === undefined ? Prisma.empty : Prisma.sql` AND paid_at >= ${istMidnight(from)}`,
      to === undefined ? Prisma.empty : Prisma.sql` AND paid_at < ${istMidnight(addDays(to, 1))}`,
    ],
    "",
  );
}

/** As far as the payments' lines know of it: the same, without status, party and UTR. Their index of words is told the book. */
export function lineConditions(scope: BusinessScope, { side, from, to }: Narrowing): Prisma.Sql {
  const own = Prisma.sql`${scope.businessId}::uuid, ${paymentSideColumn(side)}::payment_side`;
  const where = ownConditions(scope, { side, from, to });
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
