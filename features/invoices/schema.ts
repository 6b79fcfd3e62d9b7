import { z } from "zod";
import { INVOICE_STATUSES } from "@/features/protocol/status-words";
import {
  b2bIdFilterSchema,
  cursorSchema,
  daySchema,
  limitSchema,
  oneOrMany,
  searchSchema,
} from "@/lib/http/list-query";
import { MAX_PAISE, type Paise } from "@/lib/money";

// One schema for the form, the portal's own API and the server. Amounts are paise, days as 2026-11-20.

export const INVOICE_SIDES = ["payable", "receivable"] as const;
export const DUE_FILTERS = ["overdue", "soon", "open", "settled"] as const;
export const INVOICE_SORTS = [
  ...["dueDate", "-dueDate", "issueDate", "-issueDate", "total", "-total"],
  ...["counterparty", "-counterparty", "supplierInvoiceNumber", "-supplierInvoiceNumber"],
] as [
  "dueDate",
  "-dueDate",
  "issueDate",
  "-issueDate",
  "total",
  "-total",
  "counterparty",
  "-counterparty",
  "supplierInvoiceNumber",
  "-supplierInvoiceNumber",
];

/** `payable`: bills that the business owes; `receivable`: invoices that it is owed. */
export const invoiceSideSchema = z.enum(INVOICE_SIDES);
export type InvoiceSideName = z.output<typeof invoiceSideSchema>;

const filters = {
  side: invoiceSideSchema,
  q: searchSchema.optional().meta({ description: "Invoice number, party or description: words or parts of them." }),
  status: oneOrMany(z.enum(INVOICE_STATUSES)).optional(),
  due: z.enum(DUE_FILTERS).optional().meta({
    description: "`overdue`, `soon` (the next 7 days), `open` (not settled yet), `settled` (paid, cancelled, refused).",
  }),
  counterparty: b2bIdFilterSchema.optional().meta({ description: "The other party's B2B ID." }),
  issuedFrom: daySchema.optional(),
  issuedTo: daySchema.optional(),
  sort: z.enum(INVOICE_SORTS).default("dueDate"),
};

export const invoiceQuerySchema = z.strictObject({
  ...filters,
  cursor: cursorSchema.optional(),
  limit: limitSchema,
});
export type InvoiceQuery = z.output<typeof invoiceQuerySchema>;
/** The list's query as it stands in an address: only `side` is needed. */
export type InvoiceQueryInput = z.input<typeof invoiceQuerySchema>;

export const invoiceExportSchema = z.strictObject(filters);
export type InvoiceFilters = z.output<typeof invoiceExportSchema>;

/** Text that the wire carries as it is (protocol.md, field rules). */
const wireText = (max: number, words: string) =>
  z
    .string(words)
    .trim()
    .min(1, words)
    .max(max, `Keep this within ${max} characters.`)
    .regex(/^[^"\\\p{Cc}]*$/u, 'Leave out double quotes (") and backslashes (\\).');

/** May be left out, null or empty: forms send what they have. */
const optionalText = (pattern: RegExp, words: string) =>
  z
    .string()
    .nullish()
    .transform((value) => value?.trim() || undefined)
    .pipe(z.string().regex(pattern, words).optional())
    .optional()
    .meta({ description: words });

export const b2bIdSchema = wireText(100, "Enter the other party's B2B ID.");

/** Whom a bill is from, or an invoice for. What the portal knows of them already is never overwritten by it, only filled in. */
export const invoicePartySchema = z.strictObject({
  b2bId: b2bIdSchema,
  name: wireText(200, "Enter the other party's name."),
  gstin: optionalText(/^\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]$/, "A GSTIN has 15 characters, like 27AAPFU0939F1ZV."),
  bankAccountNumber: optionalText(/^[0-9A-Za-z]{6,34}$/, "An account number has 6 to 34 letters or digits."),
  bankIfsc: optionalText(/^[A-Z]{4}0[A-Z0-9]{6}$/, "An IFSC has 11 characters, like HDFC0001234."),
  bankBeneficiaryName: optionalText(/^[^"\\\p{Cc}]{1,100}$/u, 'Leave out double quotes (") and backslashes (\\).'),
  vpa: optionalText(/^[\w.-]{2,256}@[\w.-]{2,64}$/, "A UPI address looks like name@bank."),
});
export type InvoiceParty = z.output<typeof invoicePartySchema>;

const content = {
  supplierInvoiceNumber: wireText(100, "Enter the invoice number."),
  description: z
    .string()
    .trim()
    .max(200, "Keep the description within 200 characters.")
    .regex(/^[^\p{Cc}]*$/u, "Write the description on one line.")
    .default(""),
  issueDate: daySchema,
  dueDate: daySchema,
  totalPaise: z
    .int("Enter an amount.")
    .min(1, "Enter an amount above zero.")
    .max(MAX_PAISE, "An amount can't be above ₹9,999 crore.")
    .transform((value) => value as Paise),
};

const datesInOrder = (bill: { issueDate: string; dueDate: string }) => bill.dueDate >= bill.issueDate;
const datesWords = { path: ["dueDate"], message: "The due date can't be before the invoice date." };

/** As the wire bounds it: what no 32-bit column holds is no version. */
const MAX_VERSION = 1_000_000_000;

/** A bill that was received, or an invoice that is raised. */
export const createInvoiceSchema = z
  .strictObject({
    objectId: z
      .string()
      .regex(/^[^\\"\p{Cc}]{1,100}$/u, "This is not an invoice id.")
      .meta({ description: "Minted by whoever asks (INV and 32 hex digits) and sent again on a retry: one invoice." }),
    side: invoiceSideSchema,
    counterparty: invoicePartySchema,
    ...content,
  })
  .refine(datesInOrder, datesWords);
export type CreateInvoiceInput = z.output<typeof createInvoiceSchema>;

export const editInvoiceSchema = z
  .strictObject({
    version: z
      .int()
      .min(0)
      .max(MAX_VERSION)
      .meta({ description: "The version that was read: a change made meanwhile is not lost." }),
    ...content,
  })
  .refine(datesInOrder, datesWords);
export type EditInvoiceInput = z.output<typeof editInvoiceSchema>;
