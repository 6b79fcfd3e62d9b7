import type fc from "fast-check";
import { expect } from "vitest";
import type { PaymentRequest } from "@/features/payments/schema";
import { booksOf, type InvoicePair, type makeBusiness, statusesOf } from "@/tests/books";
import { NOW } from "@/tests/gateway";
import { prisma } from "@/tests/prisma";

// A model of the books of one buyer and one supplier, which fits on a page, and how the real ones are held against it.

export interface ModelPayment {
  /** `amount` is settled of the invoice, `tds` of it without money. */
  lines: { invoice: number; amount: number; tds: number }[];
  onPlatform: boolean;
  outgoing: "AWAITING_APPROVAL" | "SENDING" | "AWAITING_CONFIRMATION" | "ACCEPTED" | "REJECTED" | "FAILED";
  incoming: null | "AWAITING_CONFIRMATION" | "CONFIRMING" | "ACCEPTED" | "REJECTED";
  /** The outcome that the buyer was told; another one is a conflict. */
  told: null | "SUCCESS" | "FAILURE";
  /** The supplier's answers, the last one first; `heard` is what the network told of each: a FAILURE at most before its SUCCESS. */
  answers: { response: "ACCEPT" | "REJECT"; remarks: string; heard: ("SUCCESS" | "FAILURE")[] }[];
  /** What the answer said that the buyer took: said again, it is the same message. */
  taken: null | string;
}

export interface Model {
  totals: number[];
  /** From this amount on a second person approves a payment. */
  approvalFrom: number | null;
  payments: ModelPayment[];
}

/** What the model is held against. */
export interface Real {
  buyer: Awaited<ReturnType<typeof makeBusiness>>;
  supplier: Awaited<ReturnType<typeof makeBusiness>>;
  invoices: InvoicePair[];
  requests: PaymentRequest[];
  seconds: number;
}

const CLAIMING = ["AWAITING_APPROVAL", "SENDING", "AWAITING_CONFIRMATION", "CONFIRMING"];

/** What one side's books hold of an invoice. */
function books(model: Model, side: "outgoing" | "incoming", invoice: number) {
  const lines = (wanted: (status: string | null) => boolean) =>
    model.payments
      .filter((payment) => wanted(payment[side]))
      .flatMap((payment) => payment.lines.filter((line) => line.invoice === invoice))
      .reduce((sum, line) => sum + line.amount, 0);
  const paid = lines((status) => status === "ACCEPTED");
  const pending = lines((status) => CLAIMING.includes(status ?? ""));
  const total = model.totals[invoice] ?? 0;
  const touched = paid > 0 ? "PART_PAID" : "CREATED";
  const status = pending > 0 ? "PAYMENT_INITIATED" : paid === total ? "PAID" : touched;
  return { status, paid, pending, due: total - paid - pending };
}

/** The first line that is more than what is due, or null. */
export function excess(model: Model, side: "outgoing" | "incoming", lines: ModelPayment["lines"]): number | null {
  const index = lines.findIndex((line) => line.amount > books(model, side, line.invoice).due);
  return index < 0 ? null : index;
}

/** The amounts of a payment on each side that has it: net and adjustment travel apart, to the paisa. */
async function amountsOf(objectId: string) {
  const select = { net: true, adjustment: true, total: true } as const;
  const rows = await prisma.payment.findMany({ where: { objectId }, select });
  return rows.map(({ net, adjustment, total }) => [Number(net), Number(adjustment), Number(total)]);
}

function expectedAmounts({ lines, incoming }: ModelPayment) {
  const total = lines.reduce((sum, line) => sum + line.amount, 0);
  const adjustment = lines.reduce((sum, line) => sum + line.tds, 0);
  return Array.from({ length: incoming ? 2 : 1 }, () => [total - adjustment, adjustment, total]);
}

export async function expectSame(model: Model, real: Real) {
  for (const [index, pair] of real.invoices.entries()) {
    const { payable, receivable } = await booksOf(pair);
    const { due: _owed, ...outgoing } = books(model, "outgoing", index);
    const { due: _owing, ...incoming } = books(model, "incoming", index);
    expect({ payable, receivable }).toEqual({ payable: outgoing, receivable: incoming });
  }
  for (const [index, payment] of model.payments.entries()) {
    const objectId = real.requests[index]?.objectId ?? "";
    const { outgoing, incoming } = payment;
    expect(await statusesOf(objectId)).toEqual({ outgoing, incoming });
    expect(await amountsOf(objectId)).toEqual(expectedAmounts(payment));
  }
}

export const later = (real: Real) => new Date(NOW.getTime() + real.seconds * 1000);

/** Something that happens to one of the payments, by its number; after it both must say the same. */
export abstract class OnPayment implements fc.AsyncCommand<Model, Real> {
  constructor(readonly pick: number) {}
  check = (model: Readonly<Model>) => model.payments.length > 0;
  abstract act(payment: ModelPayment, model: Model, real: Real, request: PaymentRequest): Promise<void>;
  async run(model: Model, real: Real) {
    const index = this.pick % model.payments.length;
    const payment = model.payments[index];
    const request = real.requests[index];
    if (!payment || !request) throw new Error("the model has lost count");
    real.seconds++;
    await this.act(payment, model, real, request);
    await expectSame(model, real);
  }
  toString = () => `${this.constructor.name}(${this.pick})`;
}
