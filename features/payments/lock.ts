import "server-only";
import { recordAudit } from "@/features/audit/record";
import type { BusinessScope } from "@/features/businesses/scope";
import { lockInvoices, moveAmounts, whyNot } from "@/features/invoices/amounts";
import type { BookRefusal } from "@/features/payments/refusal";
import { holding, TRANSITIONS } from "@/features/payments/rules";
import type { Tx } from "@/lib/db";
import type { Prisma } from "@/lib/generated/prisma/client";
import type { PaymentSide, PaymentStatus } from "@/lib/generated/prisma/enums";
import { KEPT_PLAN } from "@/lib/kept-plans";
import { paise, subtract } from "@/lib/money";

const withLines = {
  lines: {
    include: { invoice: { select: { objectId: true, ownObjectId: true, supplierInvoiceNumber: true } } },
    orderBy: { position: "asc" },
  },
} as const satisfies Prisma.PaymentInclude;

/** What a payment's row says where nothing has gone wrong, or what did is past. */
export const NO_FAILURE = { failureCode: null, failureDetail: null, failureField: null } as const;

/** A payment whose row this transaction holds, with its lines. */
export type LockedPayment = Prisma.PaymentGetPayload<{ include: typeof withLines }>;

/**
 * Locks a payment's row for this transaction and reads it; null when this business has no such payment on that side.
 * Everything locks in the same order, message taken → payment → invoices → message sent, so that nothing deadlocks.
 */
export async function lockPayment(
  tx: Tx,
  scope: BusinessScope,
  side: PaymentSide,
  objectId: string,
): Promise<LockedPayment | null> {
  const locked = await tx.$executeRaw`${KEPT_PLAN}
    SELECT 1 FROM payment WHERE business_id = ${scope.businessId}::uuid AND object_id = ${objectId} FOR UPDATE`;
  if (locked === 0) return null;
  return tx.payment.findFirst({ where: { businessId: scope.businessId, objectId, side }, include: withLines });
}

export interface Move {
  to: PaymentStatus;
  /** What else is written with the status. */
  data?: Prisma.PaymentUncheckedUpdateManyInput;
  /** Names the move in the audit trail: `payment.accepted`. */
  action: string;
  /** The invoices' versions from now on, by invoice id. */
  versions?: ReadonlyMap<string, number>;
}

/**
 * Moves a locked payment to another status, and what it holds of its invoices with it: the one place where a payment's status and
 * an invoice's amounts change together. Refused where the invoices can't take it (only a payment that holds nothing can meet that).
 * @throws Error when the transition table doesn't know the move: the caller asks first.
 */
export async function movePayment(
  tx: Tx,
  scope: BusinessScope,
  payment: LockedPayment,
  { to, data, action, versions }: Move,
  now: Date,
): Promise<BookRefusal | null> {
  const from = payment.status;
  if (!(TRANSITIONS[from] as readonly PaymentStatus[]).includes(to))
    throw new Error(`a payment can't go from ${from} to ${to}`);

  const invoices = await lockInvoices(
    tx,
    scope,
    payment.lines.map((line) => line.invoiceId),
  );
  const moves = payment.lines.map((line) => {
    const invoice = invoices.find((candidate) => candidate.id === line.invoiceId);
    if (!invoice) throw new Error(`invoice ${line.invoiceId} of payment ${payment.objectId} is missing`);
    const before = holding(from, paise(line.total));
    const after = holding(to, paise(line.total));
    const move = { paid: subtract(after.paid, before.paid), pending: subtract(after.pending, before.pending) };
    return { invoice, line, ...move, version: versions?.get(line.invoiceId) ?? invoice.version };
  });
  for (const { invoice, line, paid, pending } of moves) {
    const code = paid + pending > 0 ? whyNot(invoice, paise(line.total)) : null;
    if (code) return { code, line: line.position, invoice, amount: paise(line.total) };
  }

  const { count } = await tx.payment.updateMany({
    where: { businessId: scope.businessId, objectId: payment.objectId, status: from },
    data: { ...data, status: to, updatedAt: now },
  });
  if (count !== 1) throw new Error(`payment ${payment.objectId} left ${from} while it was locked`);
  await moveAmounts(tx, scope, moves, now);
  await recordAudit(tx, scope, {
    at: now,
    action,
    subjectKind: "payment",
    subjectId: payment.objectId,
    before: { status: from },
    after: { ...data, status: to },
  });
  return null;
}
