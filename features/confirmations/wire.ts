import type { Answer } from "@/features/payments/schema";
import type { LockedPayment } from "@/features/payments/lock";
import { toWireName } from "@/features/payments/wire";
import type { ReqPayConfirmation } from "@/features/protocol/schema";
import type { InvoiceStatus } from "@/lib/generated/prisma/enums";
import { toWireTimestamp } from "@/lib/time";

/** How an answer changes one invoice, as the confirmation tells it. */
export interface AnsweredInvoice {
  objectId: string;
  supplierInvoiceNumber: string;
  version: number;
  currentStatus: InvoiceStatus;
  newStatus: InvoiceStatus;
}

/** The req-pay-confirmation message (seed 000) that carries a supplier's answer to the network. */
export function buildReqPayConfirmation({
  payment,
  answer,
  invoices,
  supplier,
  now,
}: {
  payment: Pick<LockedPayment, "objectId" | "type" | "counterpartyB2BId">;
  answer: Answer;
  invoices: readonly AnsweredInvoice[];
  supplier: { b2bId: string; geocode: string };
  now: Date;
}): ReqPayConfirmation {
  return {
    device: { tag: { name: "GEOCODE", value: supplier.geocode } },
    b2bIds: { buyerB2BId: payment.counterpartyB2BId, supplierB2BId: supplier.b2bId },
    paymentConfirmation: {
      objectId: payment.objectId,
      ts: toWireTimestamp(now),
      type: payment.type,
      supplierResponse: answer.response,
      supplierRemarks: answer.remarks,
      invoiceInfos: invoices.map(({ objectId, supplierInvoiceNumber, version, currentStatus, newStatus }) => ({
        objectId,
        supplierInvoiceNumber,
        objectVersion: { currentVersion: version, newVersion: version + 1 },
        statusTransition: { currentStatus: toWireName(currentStatus), newStatus: toWireName(newStatus) },
      })),
    },
  };
}
