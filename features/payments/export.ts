import "server-only";
import { z } from "zod";
import type { BusinessScope } from "@/features/businesses/scope";
import type { Payment, PaymentFilters } from "@/features/payments/api";
import type { SettledInvoice } from "@/features/payments/csv";
import { LINE_COLUMNS, lineRow, toLine } from "@/features/payments/line-row";
import { findPaymentPage } from "@/features/payments/pages";
import { toPayment } from "@/features/payments/row";
import { books } from "@/lib/db";
import { Prisma } from "@/lib/generated/prisma/client";
import { eachPage } from "@/lib/keyset";

/** Lines read at a time, as far as they are of several payments. */
const LINES = 2_000;

/** All that match the filters, some at a time, for an export. */
export async function* eachPayment(
  scope: BusinessScope,
  filters: PaymentFilters,
  now = new Date(),
): AsyncGenerator<Payment[]> {
  for await (const { rows } of eachPage((page) => findPaymentPage(scope, { ...filters, ...page }, now)))
    yield rows.map((row) => toPayment(row, scope, now));
}

/** What all payments that match the filters settle, invoice by invoice: the payments in their list's order, each with its lines in theirs. */
export async function* eachSettledInvoice(
  scope: BusinessScope,
  filters: PaymentFilters,
  { now = new Date(), linesAtOnce = LINES } = {},
): AsyncGenerator<SettledInvoice[]> {
  for await (const payments of eachPayment(scope, filters, now))
    for (const some of byLines(payments, linesAtOnce)) yield await readSettled(scope, some);
}

/** The payments in groups that have at most `linesAtOnce` lines together; one that has more is by itself. */
function byLines(payments: readonly Payment[], linesAtOnce: number): Payment[][] {
  const groups: Payment[][] = [];
  let room = 0;
  for (const payment of payments) {
    if (payment.invoiceCount > room) {
      groups.push([]);
      room = linesAtOnce;
    }
    groups.at(-1)?.push(payment);
    room -= payment.invoiceCount;
  }
  return groups;
}

const settledRows = z.array(lineRow.extend({ objectId: z.string() }));

async function readSettled(scope: BusinessScope, payments: readonly Payment[]): Promise<SettledInvoice[]> {
  const byId = new Map(payments.map((payment) => [payment.objectId, payment]));
  const [found, gstins] = await Promise.all([
    books(scope).$queryRaw`
    SELECT payment_line.payment_object_id AS "objectId", ${Prisma.raw(LINE_COLUMNS)}
      FROM unnest(${[...byId.keys()]}::text[]) WITH ORDINALITY AS asked (object_id, nth)
      JOIN payment_line ON payment_line.business_id = ${scope.businessId}::uuid AND payment_line.payment_object_id = asked.object_id
      JOIN invoice ON invoice.business_id = payment_line.business_id AND invoice.id = payment_line.invoice_id
     ORDER BY asked.nth, payment_line.position`,
    readGstins(scope, payments),
  ]);
  return settledRows.parse(found).flatMap(({ objectId, ...row }) => {
    const payment = byId.get(objectId);
    if (!payment) return [];
    return [{ payment, line: toLine(row), gstin: gstins.get(payment.counterparty.b2bId) ?? null }];
  });
}

/** The payments' parties by their B2B IDs, as far as their GSTIN is known. */
async function readGstins(scope: BusinessScope, payments: readonly Payment[]) {
  const b2bIds = [...new Set(payments.map(({ counterparty }) => counterparty.b2bId))];
  const parties = await books(scope).counterparty.findMany({
    where: { businessId: scope.businessId, b2bId: { in: b2bIds } },
    select: { b2bId: true, gstin: true },
  });
  return new Map(parties.map(({ b2bId, gstin }) => [b2bId, gstin]));
}
