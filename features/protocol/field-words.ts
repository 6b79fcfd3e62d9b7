/** Fields in people's words, by the last name in their path; others go by that name. */
const LABELS: Readonly<Record<string, string>> = {
  buyerB2BId: "buyer's B2B ID",
  supplierB2BId: "supplier's B2B ID",
  objectId: "id",
  ts: "date and time",
  type: "payment type",
  mode: "payment mode",
  utr: "UTR",
  currency: "currency",
  netPaidAmount: "net amount paid",
  netAdjustmentAmount: "adjustment",
  totalAmount: "total amount",
  dueAmount: "amount due",
  supplierInvoiceNumber: "invoice number",
  currentVersion: "current version",
  newVersion: "new version",
  currentStatus: "current status",
  newStatus: "new status",
  invoicesPayInfos: "list of invoices",
  invoiceInfos: "list of invoices",
  splits: "list of splits",
  refNo: "reference",
  ifsc: "IFSC",
  businessVPA: "UPI ID",
  maskedAccountNumber: "account number",
  beneficiaryName: "beneficiary's name",
  supplierResponse: "supplier's response",
  supplierRemarks: "remarks",
  result: "result",
  reqMsgId: "reqMsgId",
};

/** A field in words: "the total amount of invoice 2". Names from outside are shown only when they are the protocol's own. */
export function fieldWords(path: readonly PropertyKey[]): string {
  const name = path.findLast((part) => typeof part === "string") ?? "message";
  const invoice = path[path.findIndex((part) => part === "invoicesPayInfos" || part === "invoiceInfos") + 1];
  const label = LABELS[String(name)] ?? String(name);
  return typeof invoice === "number" ? `the ${label} of invoice ${invoice + 1}` : `the ${label}`;
}
