import "server-only";
import { z } from "zod";
import type { BusinessScope } from "@/features/businesses/scope";
import { type Invoice, type InvoiceDetail, type InvoicePage, MOST_PAYMENTS } from "@/features/invoices/api";
import { historyWords } from "@/features/invoices/history";
import { findInvoicePage, findInvoices } from "@/features/invoices/pages";
import { invoiceRow, toInvoice } from "@/features/invoices/row";
import type { InvoiceFilters, InvoiceQuery } from "@/features/invoices/schema";
import { findToApprove } from "@/features/invoices/to-approve";
import { findUndelivered } from "@/features/payments/data";
import type { TakenBy } from "@/features/payments/form";
import { paymentStatusWords } from "@/features/payments/words";
import { books, type Tx } from "@/lib/db";
import { notFound } from "@/lib/errors";
import type { Prisma } from "@/lib/generated/prisma/client";
import { eachPage } from "@/lib/keyset";
import { paise } from "@/lib/money";

/** One page of the business's bills or invoices, and what is due on all that match the filters. */
export async function listInvoices(scope: BusinessScope, query: InvoiceQuery, now = new Date()): Promise<InvoicePage> {
  const { found, totals } = await findInvoices(scope, query, now);
  const { rows, ...cursors } = found;
  const toApprove = await findToApprove(scope, rows);
  return { items: rows.map((row) => toInvoice(row, now)), ...cursors, totals, toApprove };
}

/** Whether there is any bill or invoice, whatever became of it. */
export async function hasInvoices(scope: BusinessScope): Promise<boolean> {
  const any = await books(scope).invoice.findFirst({
    where: { businessId: scope.businessId },
    select: { id: true },
  });
  return any !== null;
}

/** All that match the filters, some at a time, for an export. */
export async function* eachInvoice(
  scope: BusinessScope,
  filters: InvoiceFilters,
  now = new Date(),
): AsyncGenerator<Invoice[]> {
  for await (const { rows } of eachPage((page) => findInvoicePage(scope, { ...filters, ...page }, now)))
    yield rows.map((row) => toInvoice(row, now));
}

/** One invoice as the transaction sees it; null when the business has none with that id. */
async function findInvoice(tx: Tx, scope: BusinessScope, id: string, now: Date): Promise<Invoice | null> {
  const row = await tx.invoice.findUnique({ where: { businessId_id: { businessId: scope.businessId, id } } });
  return row && toInvoice(invoiceRow.parse(row), now);
}

/**
 * One invoice with its payments, newest first, as many as MOST_PAYMENTS, and its history, oldest first.
 * @throws AppError NOT_FOUND.
 */
export async function getInvoice(scope: BusinessScope, id: string, now = new Date()): Promise<InvoiceDetail> {
  if (!z.uuid().safeParse(id).success) throw notFound("invoice");
  const { businessId } = scope;
  const [invoice, lines, events] = await Promise.all([
    findInvoice(books(scope), scope, id, now),
    books(scope).paymentLine.findMany({
      where: { businessId, invoiceId: id },
      include: { payment: true },
      orderBy: [{ payment: { createdAt: "desc" } }, { paymentObjectId: "desc" }],
      take: MOST_PAYMENTS,
    }),
    books(scope).auditEvent.findMany({
      where: { businessId, subjectKind: "invoice", subjectId: id },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      take: 100,
    }),
  ]);
  if (!invoice) throw notFound("invoice");
  const undelivered = await findUndelivered(
    scope,
    lines.map(({ payment }) => payment),
  );
  return {
    ...invoice,
    payments: lines.map((line) => toInvoicePayment(line, undelivered.has(line.paymentObjectId))),
    paymentCount:
      lines.length < MOST_PAYMENTS
        ? lines.length
        : await books(scope).paymentLine.count({ where: { businessId, invoiceId: id } }),
    history: events.reverse().map((event) => ({
      at: event.at.toISOString(),
      actor: event.actorName,
      action: event.action,
      words: historyWords(event, invoice.counterparty.name),
    })),
  };
}

/** A bill as it is to be paid, with the payments that hold a part of it, or have paid it, newest first. */
export type BillToPay = Invoice & { heldBy: TakenBy[] };

/**
 * Bills as they are to be paid together, in the order of their ids: what was rejected or has failed holds nothing of them. One read for all of them, since a payment takes many.
 * @throws AppError NOT_FOUND when one of them isn't there.
 */
export async function getBillsToPay(
  scope: BusinessScope,
  ids: readonly string[],
  now = new Date(),
): Promise<BillToPay[]> {
  if (!z.array(z.uuid()).safeParse(ids).success) throw notFound("invoice");
  const { businessId } = scope;
  // As the database writes them.
  const asked = ids.map((id) => id.toLowerCase());
  const [rows, lines] = await Promise.all([
    books(scope).invoice.findMany({ where: { businessId, id: { in: asked } } }),
    books(scope).paymentLine.findMany({
      where: {
        businessId,
        invoiceId: { in: asked },
        payment: { side: "OUTGOING", status: { notIn: ["REJECTED", "FAILED"] } },
      },
      select: { invoiceId: true, total: true, payment: { select: { objectId: true, paidAt: true } } },
      orderBy: [{ payment: { createdAt: "desc" } }, { paymentObjectId: "desc" }],
      take: MOST_PAYMENTS * asked.length,
    }),
  ]);
  return asked.map((id) => {
    const row = rows.find((one) => one.id === id);
    if (!row) throw notFound("invoice");
    const heldBy = lines
      .filter(({ invoiceId }) => invoiceId === id)
      .map(({ payment: { objectId, paidAt }, total }) => ({
        objectId,
        paidAt: paidAt.toISOString(),
        totalPaise: paise(total),
      }));
    return { ...toInvoice(invoiceRow.parse(row), now), heldBy };
  });
}

type LineWithPayment = Prisma.PaymentLineGetPayload<{ include: { payment: true } }>;

function toInvoicePayment(
  { payment, ...line }: LineWithPayment,
  undelivered: boolean,
): InvoiceDetail["payments"][number] {
  const side = payment.side === "OUTGOING" ? "outgoing" : "incoming";
  return {
    objectId: payment.objectId,
    side,
    status: payment.status,
    statusWords: paymentStatusWords(side, payment.status, { undelivered, failureCode: payment.failureCode }),
    undelivered,
    netPaise: paise(line.net),
    adjustmentPaise: paise(line.adjustment),
    totalPaise: paise(line.total),
    utr: payment.utr,
    mode: payment.mode,
    paidAt: payment.paidAt.toISOString(),
    supplierRemarks: payment.supplierRemarks,
    failureDetail: payment.status === "FAILED" ? payment.failureDetail : null,
  };
}
