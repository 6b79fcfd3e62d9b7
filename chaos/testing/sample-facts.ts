import type { Facts, InvoiceFact, LineFact, MessageFact, PaymentFact, TransferFact } from "@/chaos/facts";

/*
 * What a good run leaves behind, as small as can be: one invoice of ₹1,000, paid by ₹98 and ₹2 TDS and accepted, between two
 * businesses of the portal; for the checks' own tests, which spoil it.
 */

export const BUYER = "BUYER@BCB";
export const SUPPLIER = "SUPPLIER@BCB";
export const PAYMENT = "PMT1";
export const INVOICE = "INV1";
const PAID_AT = Date.UTC(2026, 10, 20, 8, 35);

const sides = [
  { business: BUYER, counterparty: SUPPLIER, invoiceId: "bill", side: "PAYABLE", direction: "OUTGOING" },
  { business: SUPPLIER, counterparty: BUYER, invoiceId: "invoice", side: "RECEIVABLE", direction: "INCOMING" },
] as const;

const invoices: InvoiceFact[] = sides.map(({ business, counterparty, invoiceId, side }) => ({
  business,
  counterparty,
  id: invoiceId,
  side,
  objectId: INVOICE,
  total: 100_000,
  paid: 10_000,
  pending: 0,
  status: "PART_PAID",
  baseStatus: "CREATED",
}));

const payments: PaymentFact[] = sides.map(({ business, counterparty, direction: side }) => ({
  business,
  counterparty,
  side,
  objectId: PAYMENT,
  type: "OFFPLATFORM",
  mode: "NEFT",
  utr: "UTR1",
  paidAt: PAID_AT,
  net: 9_800,
  adjustment: 200,
  total: 10_000,
  status: "ACCEPTED",
  response: "ACCEPT",
  remarks: "Received",
  failureCode: null,
}));

const lines: LineFact[] = sides.map(({ business, invoiceId }) => ({
  business,
  payment: PAYMENT,
  invoiceId,
  invoice: INVOICE,
  net: 9_800,
  adjustment: 200,
  total: 10_000,
  isTrue: true,
}));

const message = (business: string, operation: MessageFact["operation"], reqMsgId: string): MessageFact => ({
  business,
  direction: "OUT",
  operation,
  side: business === BUYER ? "BUYER" : "SUPPLIER",
  objectId: PAYMENT,
  revision: 0,
  reqMsgId,
  contentHash: operation,
  state: "DELIVERED",
  nextAttemptAt: null,
  lastError: null,
});

const transfer = (operation: TransferFact["operation"], reqMsgId: string): TransferFact => ({
  operation,
  reqMsgId,
  objectId: PAYMENT,
  buyer: BUYER,
  supplier: SUPPLIER,
  contentHash: operation,
  response: operation === "req-pay" ? null : "ACCEPT",
  result: "SUCCESS",
  settled: true,
});

/** A fresh copy, to be spoilt. */
export function sampleFacts(): Facts {
  return structuredClone({
    hosted: [BUYER, SUPPLIER],
    invoices,
    payments,
    lines,
    sharing: [],
    remote: [],
    brokenChains: [],
    unsealed: 0,
    messages: [message(BUYER, "REQ_PAY", "R1"), message(SUPPLIER, "REQ_PAY_CONFIRMATION", "R2")],
    events: [
      { business: BUYER, action: "payment.created", payment: PAYMENT },
      { business: BUYER, action: "payment.accepted", payment: PAYMENT },
      { business: SUPPLIER, action: "payment.received", payment: PAYMENT },
      { business: SUPPLIER, action: "payment.accepted", payment: PAYMENT },
    ],
    transfers: [transfer("req-pay", "R1"), transfer("req-pay-confirmation", "R2")],
    asked: [
      {
        objectId: PAYMENT,
        buyer: BUYER,
        supplier: SUPPLIER,
        type: "OFFPLATFORM",
        mode: "NEFT",
        utr: "UTR1",
        paidAt: PAID_AT,
        net: 9_800,
        adjustment: 200,
        lines: [{ objectId: INVOICE, net: 9_800, adjustment: 200 }],
        way: "v0",
        acknowledged: true,
        replies: ["yes", "yes"],
      },
    ],
    answers: [
      {
        objectId: PAYMENT,
        supplier: SUPPLIER,
        response: "ACCEPT",
        remarks: "Received",
        acknowledged: true,
        replies: [],
      },
    ],
    decisions: [],
    raised: [
      {
        objectId: INVOICE,
        writer: SUPPLIER,
        side: "RECEIVABLE",
        counterparty: BUYER,
        total: 100_000,
        acknowledged: true,
      },
    ],
  } satisfies Facts);
}
