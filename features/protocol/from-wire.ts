import type {
  AdditionalInfo,
  Amounts,
  ConfirmationContent,
  EchoedPayment,
  InvoiceRef,
  Outcome,
  PaymentContent,
  PaymentLineContent,
} from "@/features/protocol/messages";
import type { ReqPay, ReqPayConfirmation, RespPay, RespPayConfirmation } from "@/features/protocol/schema";
import { modeFromWire } from "@/features/protocol/status-words";
import { fromWireRupees } from "@/lib/money";
import { parseInstant } from "@/lib/time";

// From a message that its schema has passed to the portal's terms. What the schema guarantees is not a refusal here but a defect.

function toInstant(ts: string): Date {
  const instant = parseInstant(ts);
  if (instant === null) throw new RangeError("the schema let a timestamp through that is not an instant");
  return instant;
}

function toAmounts(wire: RespPay["payment"]["paymentAmount"]): Amounts {
  return {
    net: fromWireRupees(wire.netPaidAmount),
    adjustment: fromWireRupees(wire.netAdjustmentAmount),
    total: fromWireRupees(wire.totalAmount),
  };
}

/** The highest version that is kept: far inside a 32-bit column, since each side goes on counting from the highest it has seen. */
const HIGHEST_KEPT = 1_000_000_000;

const toVersion = (version: number) => Math.min(version, HIGHEST_KEPT);

function toInvoiceRef(wire: ReqPayConfirmation["paymentConfirmation"]["invoiceInfos"][number]): InvoiceRef {
  return {
    invoiceObjectId: wire.objectId,
    supplierInvoiceNumber: wire.supplierInvoiceNumber,
    currentVersion: toVersion(wire.objectVersion.currentVersion),
    newVersion: toVersion(wire.objectVersion.newVersion),
    currentStatus: wire.statusTransition.currentStatus,
    newStatus: wire.statusTransition.newStatus,
  };
}

function toLine(wire: RespPay["payment"]["invoicesPayInfos"][number]): PaymentLineContent {
  const { supplierBankAccountDetails: account, invoicePaymentAmount: amounts } = wire;
  // Field by field: of objects that are spread into another one, every message would pay for the copying.
  return {
    invoiceObjectId: wire.objectId,
    supplierInvoiceNumber: wire.supplierInvoiceNumber,
    currentVersion: toVersion(wire.objectVersion.currentVersion),
    newVersion: toVersion(wire.objectVersion.newVersion),
    currentStatus: wire.statusTransition.currentStatus,
    newStatus: wire.statusTransition.newStatus,
    net: fromWireRupees(amounts.netPaidAmount),
    adjustment: fromWireRupees(amounts.netAdjustmentAmount),
    total: fromWireRupees(amounts.totalAmount),
    invoiceDue: fromWireRupees(wire.invoiceAmount.dueAmount),
    invoiceTotal: fromWireRupees(wire.invoiceAmount.totalAmount),
    splits: (amounts.splits ?? []).map(({ name, value, refNo }) => ({
      name,
      value: fromWireRupees(value),
      refNo: refNo ?? "",
    })),
    account: {
      maskedAccountNumber: account.maskedAccountNumber ?? "",
      ifsc: account.ifsc ?? "",
      beneficiaryName: account.beneficiaryName ?? "",
      businessVPA: account.businessVPA ?? "",
    },
  };
}

export function toPaymentContent(wire: ReqPay["payment"]): PaymentContent {
  return {
    objectId: wire.objectId,
    paidAt: toInstant(wire.ts),
    type: wire.type,
    mode: modeFromWire(wire.mode),
    utr: wire.utr,
    ...toAmounts(wire.paymentAmount),
    lines: wire.invoicesPayInfos.map(toLine),
  };
}

export function toEchoedPayment(wire: RespPay["payment"]): EchoedPayment {
  const { objectId, ts, type, mode, utr } = wire;
  return { objectId, ts, type, mode, utr, ...toAmounts(wire.paymentAmount), lines: wire.invoicesPayInfos.map(toLine) };
}

export function toConfirmationContent(wire: ReqPayConfirmation["paymentConfirmation"]): ConfirmationContent {
  return {
    objectId: wire.objectId,
    respondedAt: toInstant(wire.ts),
    type: wire.type,
    supplierResponse: wire.supplierResponse,
    supplierRemarks: wire.supplierRemarks,
    invoices: wire.invoiceInfos.map(toInvoiceRef),
  };
}

export function toOutcome(wire: RespPayConfirmation["resp"]): Outcome {
  return {
    reqMsgId: wire.reqMsgId,
    result: wire.result,
    errorCd: wire.errorCd ?? "",
    errorDtl: wire.errorDtl ?? "",
    errorField: wire.errorField ?? "",
  };
}

export function toAdditionalInfos(wire: ReqPay["additionalInfos"]): AdditionalInfo[] {
  return (wire ?? []).map(({ name, value }) => ({ name: name ?? "", value: value ?? "" }));
}
