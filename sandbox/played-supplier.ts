import { refuse } from "@/features/protocol/errors";
import type { SupplierResponse } from "@/features/protocol/messages";
import { parseReqPay } from "@/features/protocol/parse";
import { paymentReply, refusalReply, type WireReply } from "@/features/protocol/reply";
import type { ReqPay, ReqPayConfirmation } from "@/features/protocol/schema";
import { toWireTimestamp } from "@/lib/time";
import type { Counterparty } from "@/sandbox/counterparties";
import type { Participant } from "@/sandbox/participants";
import { playParticipant } from "@/sandbox/played";

/** A supplier's answer to a payment, or null when this one never answers. */
export function answerOf(supplier: Counterparty, payment: ReqPay["payment"]): SupplierResponse | null {
  if (supplier.behaviour === "accepts") return "ACCEPT";
  // A payment made on the platform can't be rejected (seed 000).
  if (supplier.behaviour === "rejects") return payment.type === "OFFPLATFORM" ? "REJECT" : "ACCEPT";
  return null;
}

const REMARKS = {
  ACCEPT: "Received in our bank account, thank you",
  REJECT: "No such amount has come to our bank account under this UTR",
} as const satisfies Record<SupplierResponse, string>;

/** What a played supplier sends when it has looked at its bank account. */
export function confirmationOf(
  supplier: Counterparty,
  request: ReqPay,
  response: SupplierResponse,
  now: Date,
): ReqPayConfirmation {
  const { payment, b2bIds } = request;
  return {
    device: { tag: { name: "GEOCODE", value: supplier.geocode } },
    b2bIds,
    paymentConfirmation: {
      objectId: payment.objectId,
      ts: toWireTimestamp(now),
      type: payment.type,
      supplierResponse: response,
      supplierRemarks: REMARKS[response],
      invoiceInfos: payment.invoicesPayInfos.map((line) => ({
        objectId: line.objectId,
        supplierInvoiceNumber: line.supplierInvoiceNumber,
        objectVersion: {
          currentVersion: line.objectVersion.newVersion,
          newVersion: line.objectVersion.newVersion + 1,
        },
        statusTransition: { currentStatus: line.statusTransition.newStatus, newStatus: statusAfter(line, response) },
      })),
    },
  };
}

function statusAfter(line: ReqPay["payment"]["invoicesPayInfos"][number], response: SupplierResponse): string {
  if (response === "REJECT") return line.statusTransition.currentStatus;
  return line.invoicePaymentAmount.totalAmount >= line.invoiceAmount.dueAmount ? "PAID" : "PART PAID";
}

/** Plays a supplier of another platform; `onReceived` is told of each payment that its platform took. */
export function playSupplier(supplier: Counterparty, onReceived: (request: ReqPay) => void): Participant {
  return playParticipant(supplier.name, (operation, value, reqMsgId) => {
    if (operation === "req-pay-confirmation") return refusalReply(refuse("PAYMENT_NOT_FOUND"), reqMsgId);
    if (operation !== "req-pay") return refusalReply(refuse("NOT_AWAITING"), reqMsgId);
    return receive(supplier, value, reqMsgId, onReceived);
  });
}

function receive(
  supplier: Counterparty,
  value: unknown,
  reqMsgId: string,
  onReceived: (request: ReqPay) => void,
): WireReply {
  const parsed = parseReqPay(value);
  if (!parsed.ok) return refusalReply(parsed.refusal, reqMsgId, parsed.body);
  if (supplier.behaviour === "refuses") {
    const [line] = parsed.value.payment.lines;
    const words = `${supplier.name} does not know invoice ${line?.supplierInvoiceNumber}.`;
    const refusal = refuse("INVOICE_NOT_FOUND", "payment.invoicesPayInfos[0].objectId", words);
    return refusalReply(refusal, reqMsgId, parsed.body);
  }
  onReceived(parsed.body);
  return paymentReply(reqMsgId, parsed.body);
}
