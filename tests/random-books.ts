import fc from "fast-check";
import type { BusinessScope } from "@/features/businesses/scope";
import { type InvoiceBooks, statusOf } from "@/features/invoices/rules";
import { holding } from "@/features/payments/rules";
import { type InvoiceSide, type MessageState, PaymentStatus } from "@/lib/generated/prisma/enums";
import { mintInvoiceObjectId, mintPaymentObjectId, uuidv7 } from "@/lib/ids";
import { add, MAX_PAISE, type Paise, paise, smaller, subtract, ZERO } from "@/lib/money";
import { addDays, toIstDay } from "@/lib/time";
import { makeBusiness } from "@/tests/books";
import { prisma } from "@/tests/prisma";

/* Books of one business in any state that the database allows, its invoices' amounts held by its payments as everywhere. */

/** On India's first second of a day, when it is still the day before in UTC. */
export const MIDNIGHT = new Date("2026-03-31T18:30:00Z");

const PARTIES = ["EKA@BCB", "DVE@BCB", "TRI@BCB"] as const;

// Few amounts and days, so that many are equal: a paisa, what doesn't part evenly, and the largest that is taken.
const amount = fc.constantFrom(1, 2, 99, 100, 33_333, 1_00_000_00, 1_00_000_00, MAX_PAISE - 1, MAX_PAISE);
const dueIn = fc.constantFrom(-400, -91, -90, -61, -60, -31, -30, -1, 0, 1, 7, 8, 365);
const share = fc.constantFrom(0.001, 0.5, 1, 1, 1);

const invoice = fc.record({
  side: fc.constantFrom("PAYABLE", "RECEIVABLE"),
  party: fc.constantFrom(...PARTIES),
  total: amount,
  dueIn,
  issuedBefore: fc.constantFrom(0, 1, 30),
  baseStatus: fc.constantFrom("CREATED", "CREATED", "CREATED", "ACCEPTED", "RETURNED", "REJECTED", "CANCELLED"),
  origin: fc.constantFrom("OWN", "COUNTERPARTY"),
});

const payment = fc.record({
  side: fc.constantFrom("OUTGOING", "INCOMING"),
  party: fc.constantFrom(...PARTIES),
  status: fc.constantFrom(...Object.values(PaymentStatus)),
  message: fc.constantFrom("QUEUED", "DELIVERED", "STOPPED", "GAVE_UP"),
  madeDaysAgo: fc.constantFrom(0, 0, 1, 29, 31),
  /** Milliseconds before the midnight at which they are looked at. */
  paidBefore: fc.constantFrom(0, 1, 86_400_000),
  refused: fc.boolean(),
  lines: fc.array(fc.record({ share, adjusted: fc.constantFrom(0, 0, 0.1, 1) }), { minLength: 1, maxLength: 4 }),
});

export const randomBooks = fc.record({
  invoices: fc.array(invoice, { minLength: 8, maxLength: 40, size: "max" }),
  payments: fc.array(payment, { minLength: 8, maxLength: 40, size: "max" }),
});
type RandomBooks = typeof randomBooks extends fc.Arbitrary<infer T> ? T : never;

export interface FilledInvoice extends InvoiceBooks {
  id: string;
  side: InvoiceSide;
  party: string;
  dueDate: string;
  origin: string;
}

export interface FilledPayment {
  objectId: string;
  side: "OUTGOING" | "INCOMING";
  party: string;
  status: PaymentStatus;
  message: MessageState;
  net: Paise;
  total: Paise;
  createdAt: Date;
  refused: boolean;
  lines: { invoice: FilledInvoice; net: Paise; total: Paise }[];
}

export interface FilledBooks {
  scope: BusinessScope;
  invoices: FilledInvoice[];
  payments: FilledPayment[];
}

const part = (of: number, ratio: number) => paise(Math.max(1, Math.floor(of * ratio)));

/** The lines of a payment on the invoices of its party that can still take them; none where no invoice can. */
function linesOf(given: RandomBooks["payments"][number], invoices: readonly FilledInvoice[]): FilledPayment["lines"] {
  const side = given.side === "OUTGOING" ? "PAYABLE" : "RECEIVABLE";
  const open = invoices.filter(
    (one) => one.side === side && one.party === given.party && ["CREATED", "ACCEPTED"].includes(one.baseStatus),
  );
  return given.lines.flatMap((line, index) => {
    const one = open[index];
    if (!one) return [];
    const holds = given.status !== "REJECTED" && given.status !== "FAILED";
    const free = holds ? subtract(one.total, add(one.paid, one.pending)) : one.total;
    if (free === 0) return [];
    const total = smaller(part(free, line.share), free);
    return [{ invoice: one, net: subtract(total, line.adjusted ? part(total, line.adjusted) : ZERO), total }];
  });
}

/** A payment has at most what the portal takes of one; each side has its own statuses. */
function isPossible({ side, status }: { side: string; status: string }, total: number): boolean {
  const elsewhere = side === "OUTGOING" ? ["CONFIRMING"] : ["AWAITING_APPROVAL", "SENDING", "FAILED"];
  return total > 0 && total <= MAX_PAISE && !elsewhere.includes(status);
}

function paymentsOf(given: RandomBooks["payments"], invoices: readonly FilledInvoice[]): FilledPayment[] {
  return given.flatMap((one): FilledPayment[] => {
    const lines = linesOf(one, invoices);
    const total = lines.reduce((sum, line) => sum + line.total, 0);
    if (!isPossible(one, total)) return [];
    for (const line of lines) {
      const held = holding(one.status as PaymentStatus, line.total);
      line.invoice.paid = add(line.invoice.paid, held.paid);
      line.invoice.pending = add(line.invoice.pending, held.pending);
    }
    const createdAt = new Date(MIDNIGHT.getTime() - one.madeDaysAgo * 86_400_000);
    const net = add(...lines.map((line) => line.net));
    return [{ ...one, objectId: mintPaymentObjectId(), net, total: paise(total), createdAt, lines } as FilledPayment];
  });
}

/** Writes such books for a business of their own. */
export async function fillBooks(given: RandomBooks): Promise<FilledBooks> {
  const scope = await makeBusiness("Vahi");
  const { businessId } = scope;
  const today = toIstDay(MIDNIGHT);
  const invoices = given.invoices.map(
    (one): FilledInvoice => ({
      ...one,
      side: one.side as InvoiceSide,
      baseStatus: one.baseStatus as InvoiceBooks["baseStatus"],
      id: uuidv7(),
      total: paise(one.total),
      paid: ZERO,
      pending: ZERO,
      dueDate: addDays(today, one.dueIn),
    }),
  );
  const payments = paymentsOf(given.payments, invoices);
  await prisma.counterparty.createMany({ data: PARTIES.map((b2bId) => ({ businessId, b2bId, name: b2bId })) });
  await prisma.invoice.createMany({
    data: invoices.map(({ party, dueDate, origin, ...one }, index) => ({
      businessId,
      id: one.id,
      side: one.side,
      total: one.total,
      paid: one.paid,
      pending: one.pending,
      baseStatus: one.baseStatus,
      status: statusOf(one),
      objectId: mintInvoiceObjectId(),
      supplierInvoiceNumber: `V/${index}`,
      counterpartyB2BId: party,
      counterpartyName: party,
      issueDate: new Date(addDays(dueDate, -(given.invoices[index]?.issuedBefore ?? 0))),
      dueDate: new Date(dueDate),
      remarks: one.baseStatus === "RETURNED" || one.baseStatus === "REJECTED" ? "Not ours" : null,
      origin: origin as "OWN",
      createdBy: "Vahi",
    })),
  });
  await writePayments(businessId, payments, given);
  return { scope, invoices, payments };
}

async function writePayments(businessId: string, payments: readonly FilledPayment[], given: RandomBooks) {
  await prisma.payment.createMany({
    data: payments.map(({ party, lines: _lines, message: _message, refused, ...one }, index) => {
      const isAnswered = ["CONFIRMING", "ACCEPTED", "REJECTED"].includes(one.status);
      return {
        businessId,
        objectId: one.objectId,
        side: one.side,
        status: one.status,
        net: one.net,
        adjustment: subtract(one.total, one.net),
        total: one.total,
        createdAt: one.createdAt,
        counterpartyB2BId: party,
        counterpartyName: party,
        type: "OFFPLATFORM",
        mode: "NEFT",
        utr: `HDFCN26${index}`,
        paidAt: new Date(MIDNIGHT.getTime() - (given.payments[index]?.paidBefore ?? 0)),
        requestHash: "0",
        createdBy: "Vahi",
        ...(isAnswered && {
          supplierResponse: one.status === "REJECTED" ? "REJECT" : "ACCEPT",
          supplierRemarks: "Seen",
          respondedBy: "Vahi",
          respondedAt: MIDNIGHT,
        }),
        ...(one.status === "AWAITING_APPROVAL" && { makerId: "Vahi" }),
        ...(refused && one.status === "AWAITING_CONFIRMATION" && { failureCode: "LOST", failureDetail: "Lost" }),
      } as const;
    }),
  });
  await prisma.paymentLine.createMany({
    data: payments.flatMap(({ objectId, lines }) =>
      lines.map(({ invoice: { id, total: invoiceTotal }, net, total }, position) => ({
        businessId,
        paymentObjectId: objectId,
        invoiceId: id,
        position,
        net,
        adjustment: subtract(total, net),
        total,
        invoiceTotal,
        invoiceDue: total,
        currentVersion: 1,
        newVersion: 2,
        currentStatus: "CREATED",
        newStatus: "PAYMENT INITIATED",
      })),
    ),
  });
  await prisma.message.createMany({
    data: payments
      .filter(({ status }) => status === "SENDING" || status === "CONFIRMING")
      .map(({ objectId, side, message }) => ({
        businessId,
        id: uuidv7(),
        direction: "OUT",
        operation: side === "OUTGOING" ? "REQ_PAY" : "REQ_PAY_CONFIRMATION",
        side: side === "OUTGOING" ? "BUYER" : "SUPPLIER",
        objectId,
        body: "{}",
        contentHash: "0",
        state: message,
        nextAttemptAt: message === "QUEUED" ? MIDNIGHT : null,
      })),
  });
}
