import type { LockedInvoice } from "@/features/invoices/amounts";
import { dueOf } from "@/features/invoices/rules";
import { lineTotal, type PaymentLineRequest, type PaymentRequest, paymentTotals } from "@/features/payments/schema";
import { maskAccount } from "@/features/protocol/identifiers";
import type { BankAccount, PaymentLineContent, ReqPayMessage } from "@/features/protocol/messages";
import { statusToWire } from "@/features/protocol/status-words";

/** A line of a payment with the bill that it settles, before the payment has claimed anything of it. */
export interface MatchedLine {
  line: PaymentLineRequest;
  invoice: LockedInvoice;
}

/** Where a supplier wants its money, as the buyer's address book has it. */
interface Account {
  bankAccountNumber: string | null;
  bankIfsc: string | null;
  bankBeneficiaryName: string | null;
  vpa: string | null;
}

function toBankAccount(account: Account): BankAccount {
  return {
    maskedAccountNumber: account.bankAccountNumber ? maskAccount(account.bankAccountNumber) : "",
    ifsc: account.bankIfsc ?? "",
    beneficiaryName: account.bankBeneficiaryName ?? "",
    businessVPA: account.vpa ?? "",
  };
}

/** The req-pay (seeds 003, 004) that tells the network of a payment. */
export function reqPayOf({
  request,
  lines,
  buyer,
  supplier,
}: {
  request: PaymentRequest;
  lines: readonly MatchedLine[];
  buyer: { b2bId: string; geocode: string };
  supplier: Account;
}): ReqPayMessage {
  const account = toBankAccount(supplier);
  return {
    geocode: request.geocode ?? buyer.geocode,
    buyerB2BId: buyer.b2bId,
    supplierB2BId: request.supplierB2BId,
    payment: {
      objectId: request.objectId,
      paidAt: new Date(request.paidAt),
      type: request.type,
      mode: request.mode,
      utr: request.utr,
      ...paymentTotals(request.lines),
      lines: lines.map((matched) => toContent(matched, account)),
    },
    additionalInfos: request.additionalInfos ?? [],
  };
}

function toContent({ line, invoice }: MatchedLine, account: BankAccount): PaymentLineContent {
  return {
    invoiceObjectId: invoice.objectId,
    supplierInvoiceNumber: invoice.supplierInvoiceNumber,
    currentVersion: invoice.version,
    newVersion: invoice.version + 1,
    currentStatus: statusToWire(invoice.status),
    newStatus: statusToWire("PAYMENT_INITIATED"),
    net: line.netPaise,
    adjustment: line.adjustmentPaise,
    total: lineTotal(line),
    invoiceDue: dueOf(invoice),
    invoiceTotal: invoice.total,
    splits: line.splits.map(({ name, valuePaise, refNo }) => ({ name, value: valuePaise, refNo })),
    account,
  };
}
