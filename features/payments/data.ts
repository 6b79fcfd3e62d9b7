import "server-only";
import { z } from "zod";
import type { BusinessScope } from "@/features/businesses/scope";
import type { PaymentDetail, PaymentPage, PaymentQuery, PaymentSideName, UsedUtr } from "@/features/payments/api";
import { isUndelivered, namesUtr, paymentSideColumn, stuckMessages } from "@/features/payments/filters";
import { LINE_COLUMNS, lineRow, toLine } from "@/features/payments/line-row";
import { findPayments } from "@/features/payments/pages";
import { PAYMENT_COLUMNS, paymentRow, toPayment } from "@/features/payments/row";
import { deliveryOf, timelineOf } from "@/features/payments/timeline";
import { books } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { Prisma } from "@/lib/generated/prisma/client";
import {
  MessageOperation,
  MessageSide,
  MessageState,
  type PaymentSide,
  type PaymentStatus,
} from "@/lib/generated/prisma/enums";
import { KEPT_PLAN } from "@/lib/kept-plans";

/** One page of the payments that the business made, or received. */
export async function listPayments(scope: BusinessScope, query: PaymentQuery, now = new Date()): Promise<PaymentPage> {
  const { found, totals } = await findPayments(scope, query, now);
  const { rows, ...cursors } = found;
  return { items: rows.map((row) => toPayment(row, scope, now)), ...cursors, totals };
}

// In JSON instants and days are text: in UTC, as the portal's connections are (lib/wall.ts).
const jsonDate = z.string().pipe(z.coerce.date());

const paymentRead = paymentRow.omit({ invoiceNumbers: true, invoiceCount: true }).extend({
  lines: z.array(lineRow.extend({ issueDate: jsonDate, dueDate: jsonDate })),
  events: z.array(z.object({ at: jsonDate, actorName: z.string(), action: z.string(), after: z.string().nullable() })),
  message: z
    .object({
      // An outgoing message can't be TAKEN.
      state: z.enum(MessageState).exclude(["TAKEN"]),
      attempts: z.number(),
      nextAttemptAt: jsonDate.nullable(),
      lastError: z.string().nullable(),
      settledAt: jsonDate.nullable(),
    })
    .nullable(),
});

/**
 * A payment with its lines in their order, the audit trail's first 200 events about it, and the business's own last message about it: the
 * payment itself, or the latest answer to it. One statement, which names the business once, so that all is of one moment. Null when there
 * is none.
 */
async function readPayment(scope: BusinessScope, objectId: string) {
  const { businessId } = scope;
  const found = await books(scope).$queryRaw`${KEPT_PLAN}
    SELECT ${Prisma.raw(PAYMENT_COLUMNS)}, ${isUndelivered(scope)} AS undelivered,
           (SELECT json_agg(line ORDER BY line.position)
              FROM (SELECT payment_line.position, ${Prisma.raw(LINE_COLUMNS)}
                      FROM payment_line JOIN invoice ON invoice.business_id = payment_line.business_id AND invoice.id = payment_line.invoice_id
                     WHERE payment_line.business_id = ${businessId}::uuid AND payment_object_id = ${objectId}) line) AS lines,
           (SELECT coalesce(json_agg(event), '[]')
              FROM (SELECT at, actor_name AS "actorName", action, after FROM audit_event
                     WHERE business_id = ${businessId}::uuid AND subject_kind = 'payment' AND subject_id = ${objectId}
                     ORDER BY at, id LIMIT 200) event) AS events,
           -- All of the unique index's columns, though a payment has messages of one kind alone: without them PostgreSQL reads them all.
           (SELECT row_to_json(sent)
              FROM (SELECT state, attempts, next_attempt_at AS "nextAttemptAt", last_error AS "lastError", settled_at AS "settledAt"
                      FROM message
                     WHERE business_id = ${businessId}::uuid AND direction = 'OUT'
                       AND operation = ANY(${Object.values(MessageOperation)}::message_operation[])
                       AND side = ANY(${Object.values(MessageSide)}::message_side[]) AND object_id = ${objectId}
                     ORDER BY revision DESC LIMIT 1) sent) AS message
      FROM payment WHERE business_id = ${businessId}::uuid AND object_id = ${objectId}`;
  const [payment] = z.array(paymentRead).parse(found);
  return payment;
}

/**
 * One payment of the business, made or received, with its invoices and its time line.
 * @throws AppError NOT_FOUND.
 */
export async function getPayment(scope: BusinessScope, objectId: string, now = new Date()): Promise<PaymentDetail> {
  const found = await readPayment(scope, objectId);
  if (!found) throw notFound("payment");
  const { lines, events, message } = found;
  const invoiceNumbers = lines.slice(0, 3).map((line) => line.supplierInvoiceNumber);
  const payment = toPayment({ ...found, invoiceNumbers, invoiceCount: lines.length }, scope, now);
  return {
    ...payment,
    lines: lines.map(toLine),
    timeline: timelineOf(payment, events, message),
    delivery: deliveryOf(payment, message, now),
  };
}

/** Those of the business's payments that are on their way, by their ids, whose message goes no further until a person sends it again. */
export async function findUndelivered(
  scope: BusinessScope,
  payments: readonly { objectId: string; status: PaymentStatus }[],
): Promise<ReadonlySet<string>> {
  const ids = payments.flatMap(({ objectId, status }) =>
    status === "SENDING" || status === "CONFIRMING" ? [objectId] : [],
  );
  if (ids.length === 0) return new Set();
  const found = await books(scope).$queryRaw`${KEPT_PLAN}
    SELECT object_id AS "objectId" ${stuckMessages(scope)} AND side IN ('BUYER', 'SUPPLIER') AND object_id = ANY(${ids})`;
  return new Set(
    z
      .array(z.object({ objectId: z.string() }))
      .parse(found)
      .map(({ objectId }) => objectId),
  );
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

const usedUtrRow = paymentRow.pick({
  objectId: true,
  counterpartyB2BId: true,
  counterpartyName: true,
  status: true,
  undelivered: true,
  paidAt: true,
  createdAt: true,
  net: true,
  total: true,
});

/**
 * The business's payments that named this UTR, however it was written, and have not failed or been rejected: those that it made, unless
 * `side` says received. At most ten, newest first.
 */
export async function findByUtr(
  scope: BusinessScope,
  {
    utr,
    counterparty,
    side = "outgoing",
  }: { utr: string; counterparty?: string | undefined; side?: PaymentSideName | undefined },
): Promise<UsedUtr[]> {
  const ofParty =
    counterparty === undefined ? Prisma.empty : Prisma.sql`AND payment.counterparty_b2b_id = ${counterparty}`;
  // A rejection that is still on its way to the buyer is one.
  const found = await books(scope).$queryRaw`${KEPT_PLAN}
    SELECT ${Prisma.raw(PAYMENT_COLUMNS)}, ${isUndelivered(scope)} AS undelivered FROM payment
     WHERE payment.business_id = ${scope.businessId}::uuid ${namesUtr(utr)}
       AND payment.side = ${paymentSideColumn(side)}::payment_side AND payment.status NOT IN ('FAILED', 'REJECTED')
       AND payment.supplier_response IS DISTINCT FROM 'REJECT' ${ofParty}
     ORDER BY payment.created_at DESC LIMIT 10`;
  return z
    .array(usedUtrRow)
    .parse(found)
    .map(({ paidAt, createdAt, net, total, counterpartyB2BId: b2bId, counterpartyName: name, ...rest }) => ({
      ...rest,
      counterparty: { b2bId, name },
      paidAt: paidAt.toISOString(),
      createdAt: createdAt.toISOString(),
      netPaise: net,
      totalPaise: total,
    }));
}
