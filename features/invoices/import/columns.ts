import type { z } from "zod";
import type { importedInvoiceSchema, importedPartySchema } from "@/features/invoices/schema";
import type { Heading } from "@/lib/tables/headings";

type Party = z.output<typeof importedPartySchema>;
type Content = Omit<z.output<typeof importedInvoiceSchema>, "objectId" | "counterparty">;

/** What a column of a file may hold. */
export type ColumnKey = keyof Party | keyof Content;

export interface ImportColumn extends Heading<ColumnKey> {
  /** Where the server and the schema name what it holds. */
  path: string;
  /** No file can do without it. */
  needed?: boolean;
  example: string;
}

/** The columns that a file of bills or invoices may have, as people see them. */
export const IMPORT_COLUMNS: readonly ImportColumn[] = [
  {
    key: "supplierInvoiceNumber",
    label: "Invoice number",
    path: "supplierInvoiceNumber",
    needed: true,
    example: "KM/2026-27/0141",
    also: [
      ...["Invoice no", "Bill number", "Bill no", "Supplier invoice number", "Supplier invoice no"],
      ...["Reference number", "Ref no", "Document number", "Voucher no", "Vch no", "Number"],
    ],
  },
  {
    key: "name",
    label: "Party",
    path: "counterparty.name",
    example: "Kaveri Metals",
    also: [
      ...["Party name", "Supplier", "Supplier name", "Vendor", "Vendor name", "Buyer", "Buyer name"],
      ...["Customer", "Customer name", "Party account name", "Particulars", "Name"],
    ],
  },
  {
    key: "b2bId",
    label: "Party's B2B ID",
    path: "counterparty.b2bId",
    example: "29AAGCB7383J1Z4@BCB",
    also: ["B2B ID", "Supplier B2B ID", "Buyer B2B ID", "Bharat Connect ID"],
  },
  {
    key: "gstin",
    label: "GSTIN",
    path: "counterparty.gstin",
    example: "29AAGCB7383J1Z4",
    also: ["Party's GSTIN", "GSTIN/UIN", "GSTIN of supplier", "Supplier GSTIN", "Buyer GSTIN", "GST number", "GST no"],
  },
  {
    key: "issueDate",
    label: "Invoice date",
    path: "issueDate",
    needed: true,
    example: "01-11-2026",
    also: ["Bill date", "Supplier invoice date", "Document date", "Voucher date", "Date"],
  },
  {
    key: "dueDate",
    label: "Due date",
    path: "dueDate",
    example: "01-12-2026",
    also: ["Due on", "Payment due date"],
  },
  {
    key: "totalPaise",
    label: "Total (₹)",
    path: "totalPaise",
    needed: true,
    example: "1,18,000.00",
    also: [
      ...["Total amount", "Invoice amount", "Invoice value", "Bill amount", "Gross total", "Gross amount"],
      ...["Amount with GST", "Amount"],
    ],
  },
  {
    key: "description",
    label: "Description",
    path: "description",
    example: "Copper tubes, 120 kg",
    also: ["What it is for", "Narration", "Details"],
  },
  {
    key: "bankAccountNumber",
    label: "Account number",
    path: "counterparty.bankAccountNumber",
    example: "50100234567812",
    also: ["Bank account number", "Bank account no", "Account no", "A/c no"],
  },
  {
    key: "bankIfsc",
    label: "IFSC",
    path: "counterparty.bankIfsc",
    example: "HDFC0000123",
    also: ["IFSC code", "Bank IFSC"],
  },
  {
    key: "bankBeneficiaryName",
    label: "Account holder",
    path: "counterparty.bankBeneficiaryName",
    example: "Kaveri Metals Private Limited",
    also: ["Beneficiary", "Beneficiary name", "Account name"],
  },
  {
    key: "vpa",
    label: "UPI address",
    path: "counterparty.vpa",
    example: "kaverimetals@hdfcbank",
    also: ["UPI ID", "UPI", "VPA"],
  },
];

/** The columns of which a file needs one, to say whose bill it is. */
export const PARTY_COLUMNS: readonly ColumnKey[] = ["b2bId", "gstin", "name"];

/** What the column is called whose content the server and the schema know by that path; null when it is no column's. */
export const columnLabel = (path: string): string | null =>
  IMPORT_COLUMNS.find((column) => column.path === path)?.label ?? null;
