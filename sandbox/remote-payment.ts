import { z } from "zod";
import { amount, b2bId, invoiceObjectId, paymentObjectId, timestamp, utr } from "@/features/protocol/fields";
import type { ReqPay } from "@/features/protocol/schema";
import { PAYMENT_TYPES, WIRE_MODES } from "@/features/protocol/vocabulary";
import { mintPaymentObjectId } from "@/lib/ids";
import { add, fromWireRupees, type Paise, paiseToRupees, ZERO } from "@/lib/money";
import { toWireTimestamp } from "@/lib/time";
import { REMOTE_BUYER } from "@/sandbox/counterparties";
import { between, type Random } from "@/sandbox/random";

const text = (max: number) => z.string().min(1).max(max);

const Invoice = z.strictObject({
  objectId: invoiceObjectId,
  supplierInvoiceNumber: text(100),
  /** Rupees that change hands; with splits, the rest of what is settled is adjusted. */
  netPaidAmount: amount,
  splits: z
    .array(z.strictObject({ name: text(100), value: amount, refNo: z.string().max(100).default("") }))
    .default([]),
  /** What the buyer's books say of the invoice; what is paid now when it is left out. */
  dueAmount: amount.optional(),
  totalAmount: amount.optional(),
  status: text(50).default("CREATED"),
  version: z.int().min(0).default(1),
});

/** What the remote buyer is told to pay; amounts in rupees, as on the wire. */
export const RemotePaymentOrder = z.strictObject({
  supplierB2BId: b2bId,
  invoices: z.array(Invoice).min(1).max(500),
  mode: z.enum(WIRE_MODES).default("NEFT"),
  type: z.enum(PAYMENT_TYPES).default("OFFPLATFORM"),
  utr: utr.optional(),
  objectId: paymentObjectId.optional(),
  ts: timestamp.optional(),
});
export type RemotePaymentOrder = z.output<typeof RemotePaymentOrder>;

interface Line {
  readonly invoice: RemotePaymentOrder["invoices"][number];
  readonly net: Paise;
  readonly adjustment: Paise;
  readonly total: Paise;
}

const NO_ACCOUNT = { maskedAccountNumber: "", ifsc: "", beneficiaryName: "", businessVPA: "" };

/** The remote buyer's req-pay for an order. */
export function reqPayFor(order: RemotePaymentOrder, now: Date, random: Random): ReqPay {
  const lines = order.invoices.map(lineOf);
  const net = add(...lines.map((line) => line.net));
  const adjustment = add(...lines.map((line) => line.adjustment));
  return {
    device: { tag: { name: "GEOCODE", value: REMOTE_BUYER.geocode } },
    b2bIds: { buyerB2BId: REMOTE_BUYER.b2bId, supplierB2BId: order.supplierB2BId },
    payment: {
      objectId: order.objectId ?? mintPaymentObjectId(),
      ts: order.ts ?? toWireTimestamp(now),
      type: order.type,
      mode: order.mode,
      utr: order.utr ?? inventUtr(random),
      currency: "INR",
      paymentAmount: amounts({ net, adjustment, total: add(net, adjustment) }),
      invoicesPayInfos: lines.map(toInvoicePayInfo),
    },
    additionalInfos: [],
  };
}

function lineOf(invoice: RemotePaymentOrder["invoices"][number]): Line {
  const net = fromWireRupees(invoice.netPaidAmount);
  const adjustment = add(ZERO, ...invoice.splits.map(({ value }) => fromWireRupees(value)));
  return { invoice, net, adjustment, total: add(net, adjustment) };
}

function toInvoicePayInfo({ invoice, ...line }: Line): ReqPay["payment"]["invoicesPayInfos"][number] {
  const paid = paiseToRupees(line.total);
  const due = invoice.dueAmount ?? paid;
  return {
    objectId: invoice.objectId,
    supplierInvoiceNumber: invoice.supplierInvoiceNumber,
    objectVersion: { currentVersion: invoice.version, newVersion: invoice.version + 1 },
    statusTransition: { currentStatus: invoice.status, newStatus: "PAYMENT INITIATED" },
    invoiceAmount: { dueAmount: due, totalAmount: invoice.totalAmount ?? due, currency: "INR" },
    invoicePaymentAmount: { ...amounts(line), splits: invoice.splits },
    supplierBankAccountDetails: NO_ACCOUNT,
  };
}

function amounts({ net, adjustment, total }: Pick<Line, "net" | "adjustment" | "total">) {
  return {
    netPaidAmount: paiseToRupees(net),
    netAdjustmentAmount: paiseToRupees(adjustment),
    totalAmount: paiseToRupees(total),
    currency: "INR" as const,
  };
}

/** Sixteen characters, as a NEFT's UTR has. */
function inventUtr(random: Random): string {
  return `IBKLN5${String(between(random, 0, 9_999_999_999)).padStart(10, "0")}`;
}
