import type { LockedInvoice } from "@/features/invoices/amounts";
import { dueOf } from "@/features/invoices/rules";
import type { PaymentLineRequest, PaymentRequest } from "@/features/payments/schema";
import { lineTotal, paymentTotals } from "@/features/payments/schema";
import type { ReqPay } from "@/features/protocol/schema";
import type { PaymentMode } from "@/lib/generated/prisma/enums";
import { paiseToRupees } from "@/lib/money";
import { toWireTimestamp } from "@/lib/time";

/** `PAYMENT_INITIATED` as the wire writes it: `PAYMENT INITIATED`. */
export function toWireName(name: string): string {
  return name.replaceAll("_", " ");
}

/** `INTERNET BANKING` as the tables write it. */
export function fromWireMode(mode: string): PaymentMode {
  return mode.replaceAll(" ", "_") as PaymentMode;
}

/** An account number with all but its last four characters hidden: the wire's `maskedAccountNumber`. */
export function maskAccount(accountNumber: string): string {
  return accountNumber.replace(/.(?=.{4})/g, "X");
}

interface Supplier {
  bankAccountNumber: string | null;
  bankIfsc: string | null;
  bankBeneficiaryName: string | null;
  vpa: string | null;
}

/** The req-pay message (seeds 003, 004) that tells the network of a payment. */
export function buildReqPay({
  request,
  lines,
  buyer,
  supplier,
}: {
  request: PaymentRequest;
  lines: readonly { line: PaymentLineRequest; invoice: LockedInvoice }[];
  buyer: { b2bId: string; geocode: string };
  supplier: Supplier;
}): ReqPay {
  const totals = paymentTotals(request.lines);
  return {
    device: { tag: { name: "GEOCODE", value: request.geocode ?? buyer.geocode } },
    b2bIds: { buyerB2BId: buyer.b2bId, supplierB2BId: request.supplierB2BId },
    payment: {
      objectId: request.objectId,
      ts: toWireTimestamp(new Date(request.paidAt)),
      type: request.type,
      mode: toWireName(request.mode) as ReqPay["payment"]["mode"],
      utr: request.utr,
      currency: "INR",
      paymentAmount: { ...toWireAmounts(totals), currency: "INR" },
      invoicesPayInfos: lines.map(({ line, invoice }) => ({
        objectId: invoice.objectId,
        supplierInvoiceNumber: invoice.supplierInvoiceNumber,
        objectVersion: { currentVersion: invoice.version, newVersion: invoice.version + 1 },
        statusTransition: { currentStatus: toWireName(invoice.status), newStatus: "PAYMENT INITIATED" },
        invoiceAmount: {
          dueAmount: paiseToRupees(dueOf(invoice)),
          totalAmount: paiseToRupees(invoice.total),
          currency: "INR",
        },
        invoicePaymentAmount: {
          ...toWireAmounts({ ...line, total: lineTotal(line) }),
          currency: "INR",
          splits: line.splits.map(({ name, value, refNo }) => ({ name, value: paiseToRupees(value), refNo })),
        },
        supplierBankAccountDetails: {
          maskedAccountNumber: supplier.bankAccountNumber ? maskAccount(supplier.bankAccountNumber) : "",
          ifsc: supplier.bankIfsc ?? "",
          beneficiaryName: supplier.bankBeneficiaryName ?? "",
          businessVPA: supplier.vpa ?? "",
        },
      })),
    },
    additionalInfos: [],
  };
}

function toWireAmounts({ net, adjustment, total }: ReturnType<typeof paymentTotals>) {
  return {
    netPaidAmount: paiseToRupees(net),
    netAdjustmentAmount: paiseToRupees(adjustment),
    totalAmount: paiseToRupees(total),
  };
}
