import "server-only";
import { z } from "zod";
import type { BusinessScope } from "@/features/businesses/scope";
import type { Payment, PaymentDetail, PaymentFilters, PaymentPage, PaymentQuery } from "@/features/payments/api";
import { findPaymentPage, findPayments } from "@/features/payments/pages";
import { paymentRow, toPayment } from "@/features/payments/row";
import { deliveryOf, type SentMessage, timelineOf } from "@/features/payments/timeline";
import { books } from "@/lib/db";
import { notFound } from "@/lib/errors";
import type { Prisma } from "@/lib/generated/prisma/client";
import { MessageOperation, MessageSide, type PaymentSide } from "@/lib/generated/prisma/enums";
import { paise } from "@/lib/money";
import { dayOf } from "@/lib/time";

/** One page of the payments that the business made, or received. */
export async function listPayments(scope: BusinessScope, query: PaymentQuery, now = new Date()): Promise<PaymentPage> {
  const { found, totals } = await findPayments(scope, query);
  const { rows, ...cursors } = found;
  return { items: rows.map((row) => toPayment(row, now)), ...cursors, totals };
}

/** All that match the filters, some at a time, for an export. */
export async function* eachPayment(
  scope: BusinessScope,
  filters: PaymentFilters,
  now = new Date(),
): AsyncGenerator<Payment[]> {
  let cursor: string | undefined;
  do {
    const page = await findPaymentPage(scope, { ...filters, limit: 500, cursor });
    yield page.rows.map((row) => toPayment(row, now));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

const withLines = {
  lines: {
    include: { invoice: { select: { supplierInvoiceNumber: true, issueDate: true, dueDate: true, status: true } } },
    orderBy: { position: "asc" },
  },
} as const satisfies Prisma.PaymentInclude;

type PaymentWithLines = Prisma.PaymentGetPayload<{ include: typeof withLines }>;

const splitsColumn = z.array(z.object({ name: z.string(), value: z.int(), refNo: z.string() }));

function toLine({ invoice, ...line }: PaymentWithLines["lines"][number]): PaymentDetail["lines"][number] {
  return {
    invoiceId: line.invoiceId,
    supplierInvoiceNumber: invoice.supplierInvoiceNumber,
    issueDate: dayOf(invoice.issueDate),
    dueDate: dayOf(invoice.dueDate),
    netPaise: paise(line.net),
    adjustmentPaise: paise(line.adjustment),
    totalPaise: paise(line.total),
    splits: splitsColumn.parse(line.splits).map(({ value, ...split }) => ({ ...split, valuePaise: paise(value) })),
    invoiceTotalPaise: paise(line.invoiceTotal),
    invoiceDuePaise: paise(line.invoiceDue),
    invoiceStatusNow: invoice.status,
  };
}

/** The business's own last message about a payment: the payment itself, or the latest answer to it. */
async function lastSent(scope: BusinessScope, objectId: string): Promise<SentMessage | null> {
  const message = await books(scope).message.findFirst({
    // All of the unique index's columns, though a payment has messages of one kind alone: without them PostgreSQL reads them all.
    where: {
      businessId: scope.businessId,
      direction: "OUT",
      operation: { in: Object.values(MessageOperation) },
      side: { in: Object.values(MessageSide) },
      objectId,
    },
    orderBy: { revision: "desc" },
    select: { state: true, attempts: true, nextAttemptAt: true, lastError: true, settledAt: true },
  });
  if (!message) return null;
  const { state, ...rest } = message;
  if (state === "TAKEN") throw new Error("an outgoing message can't be TAKEN");
  return { ...rest, state };
}

/**
 * One payment of the business, made or received, with its invoices and its time line.
 * @throws AppError NOT_FOUND.
 */
export async function getPayment(scope: BusinessScope, objectId: string, now = new Date()): Promise<PaymentDetail> {
  const { businessId } = scope;
  const [found, events, message] = await Promise.all([
    books(scope).payment.findUnique({ where: { businessId_objectId: { businessId, objectId } }, include: withLines }),
    books(scope).auditEvent.findMany({
      where: { businessId, subjectKind: "payment", subjectId: objectId },
      orderBy: [{ at: "asc" }, { id: "asc" }],
      take: 200,
      select: { at: true, actorName: true, action: true },
    }),
    lastSent(scope, objectId),
  ]);
  if (!found) throw notFound("payment");
  const { lines, ...columns } = found;
  const invoiceNumbers = lines.slice(0, 3).map((line) => line.invoice.supplierInvoiceNumber);
  const payment = toPayment(paymentRow.parse({ ...columns, invoiceNumbers, invoiceCount: lines.length }), now);
  return {
    ...payment,
    lines: lines.map(toLine),
    timeline: timelineOf(payment, events, message),
    delivery: deliveryOf(payment, message, now),
  };
}

/**
 * Whether the business made a payment or received it.
 * @throws AppError NOT_FOUND.
 */
export async function getPaymentSide(scope: BusinessScope, objectId: string): Promise<PaymentSide> {
  const where = { businessId_objectId: { businessId: scope.businessId, objectId } };
  const found = await books(scope).payment.findUnique({ where, select: { side: true } });
  if (!found) throw notFound("payment");
  return found.side;
}

/** The business's own payments that named this UTR, and have not failed or been rejected; at most ten, newest first. */
export async function findByUtr(
  scope: BusinessScope,
  { utr, counterparty }: { utr: string; counterparty?: string | undefined },
): Promise<{ objectId: string; paidAt: string; totalPaise: number }[]> {
  const found = await books(scope).payment.findMany({
    where: {
      businessId: scope.businessId,
      utr,
      side: "OUTGOING",
      status: { notIn: ["FAILED", "REJECTED"] },
      ...(counterparty === undefined ? {} : { counterpartyB2BId: counterparty }),
    },
    orderBy: { createdAt: "desc" },
    take: 10,
    select: { objectId: true, paidAt: true, total: true },
  });
  return found.map(({ objectId, paidAt, total }) => ({
    objectId,
    paidAt: paidAt.toISOString(),
    totalPaise: paise(total),
  }));
}
