import type { Incoming, Numbered } from "@/chaos/bills";
import { adjustmentOf, netOf, type Order } from "@/chaos/order";

/* The two messages of the seeds that a business's own software sends, as text, so that every try is the same to the byte. */

const DEVICE = { tag: { name: "GEOCODE", value: "19.0760,72.8777" } };
const inRupees = (paise: number) => paise / 100;

function amounts(net: number, adjustment: number) {
  return {
    netPaidAmount: inRupees(net),
    netAdjustmentAmount: inRupees(adjustment),
    totalAmount: inRupees(net + adjustment),
    currency: "INR",
  };
}

/** Seed 003: the buyer's software pays. */
export function reqPayText(order: Order, buyer: string): string {
  return JSON.stringify({
    device: DEVICE,
    b2bIds: { buyerB2BId: buyer, supplierB2BId: order.supplier },
    payment: {
      objectId: order.objectId,
      ts: order.paidAt,
      type: order.type,
      mode: order.mode.replaceAll("_", " "),
      utr: order.utr,
      currency: "INR",
      paymentAmount: amounts(netOf(order), adjustmentOf(order)),
      invoicesPayInfos: order.lines.map(({ bill, net, adjustment, splits }) => ({
        objectId: bill.objectId,
        supplierInvoiceNumber: bill.supplierInvoiceNumber,
        objectVersion: { currentVersion: bill.version, newVersion: bill.version + 1 },
        statusTransition: { currentStatus: bill.status.replaceAll("_", " "), newStatus: "PAYMENT INITIATED" },
        invoiceAmount: { dueAmount: inRupees(bill.duePaise), totalAmount: inRupees(bill.totalPaise), currency: "INR" },
        invoicePaymentAmount: {
          ...amounts(net, adjustment),
          splits: splits.map(({ name, value, refNo }) => ({ name, value: inRupees(value), refNo })),
        },
        supplierBankAccountDetails: { maskedAccountNumber: "", ifsc: "", beneficiaryName: "", businessVPA: "" },
      })),
    },
    additionalInfos: [],
  });
}

/** Seed 000: the supplier's software answers. */
export function confirmationText(
  { objectId, type, counterparty }: Incoming,
  answer: { response: "ACCEPT" | "REJECT"; remarks: string },
  { supplier, invoices, now }: { supplier: string; invoices: readonly Numbered[]; now: Date },
): string {
  return JSON.stringify({
    device: DEVICE,
    b2bIds: { buyerB2BId: counterparty.b2bId, supplierB2BId: supplier },
    paymentConfirmation: {
      objectId,
      ts: new Date(Math.floor(now.getTime() / 1000) * 1000).toISOString(),
      type,
      supplierResponse: answer.response,
      supplierRemarks: answer.remarks,
      invoiceInfos: invoices.map((invoice) => ({
        objectId: invoice.objectId,
        supplierInvoiceNumber: invoice.supplierInvoiceNumber,
        objectVersion: { currentVersion: invoice.version, newVersion: invoice.version + 1 },
        statusTransition: {
          currentStatus: invoice.status.replaceAll("_", " "),
          newStatus: answer.response === "ACCEPT" ? "PART PAID" : "CREATED",
        },
      })),
    },
  });
}
