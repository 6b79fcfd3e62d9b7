import { z } from "zod";
import {
  ACCOUNT_NUMBER,
  GSTIN,
  type Identifier,
  IFSC,
  inCapitals,
  UNQUOTED,
  VPA,
  withoutBlanks,
} from "@/features/protocol/identifiers";
import { INVOICE_STATUSES } from "@/features/protocol/status-words";
import {
  b2bIdFilterSchema,
  cursorSchema,
  daySchema,
  exactFilterSchema,
  limitSchema,
  oneOrMany,
  SORT_MEANING,
  searchSchema,
  tableFormatSchema,
} from "@/lib/http/list-query";
import { MAX_PAISE, PAISE_MEANING, type Paise, paiseWords } from "@/lib/money";
import { inNumber, inProse } from "@/lib/visible-text";

// One schema for the form, the portal's own API and the server. Amounts are paise, days as 2026-11-20.

const INVOICE_SIDES = ["payable", "receivable"] as const;
export const DUE_FILTERS = ["overdue", "soon", "open", "came-back", "settled"] as const;
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
export const invoiceSideSchema = z
  .enum(INVOICE_SIDES)
  .meta({ description: "`payable`: bills that the business owes. `receivable`: invoices that it is owed." });
export type InvoiceSideName = z.output<typeof invoiceSideSchema>;

const filters = {
  side: invoiceSideSchema,
  q: searchSchema.optional().meta({ description: "Invoice number, party or description: words or parts of them." }),
  status: oneOrMany(z.enum(INVOICE_STATUSES)).optional(),
  due: z.enum(DUE_FILTERS).optional().meta({
    description:
      "`overdue`, `soon` (the next 7 days), `open` (not settled yet), `came-back` (written here, and returned or rejected), `settled` (paid, cancelled, refused).",
  }),
  counterparty: b2bIdFilterSchema.optional().meta({ description: "The other party's B2B ID." }),
  supplierInvoiceNumber: exactFilterSchema.optional().meta({
    description: "Of exactly this number: with `counterparty` it is one bill, and one for each year that has it.",
  }),
  objectId: exactFilterSchema.optional().meta({
    description: "Of exactly this id: what the network knows it by, or what it was written down under here.",
  }),
  issuedFrom: daySchema.optional().meta({ description: "Issued on this day or later." }),
  issuedTo: daySchema.optional().meta({ description: "Issued on this day or earlier." }),
  sort: z.enum(INVOICE_SORTS).default("dueDate").meta({ description: SORT_MEANING }),
};

export const invoiceQuerySchema = z.strictObject({
  ...filters,
  cursor: cursorSchema.optional(),
  limit: limitSchema,
});
export type InvoiceQuery = z.output<typeof invoiceQuerySchema>;
/** The list's query as it stands in an address: only `side` is needed. */
export type InvoiceQueryInput = z.input<typeof invoiceQuerySchema>;

export const invoiceExportSchema = z.strictObject({ ...filters, format: tableFormatSchema });
export type InvoiceFilters = Omit<z.output<typeof invoiceExportSchema>, "format">;

/** Text that the wire carries as it is (docs/protocol.md, "Fields"), on one line. */
const wireText = (max: number, words: string, visible: typeof inNumber) =>
  z
    .string(words)
    .trim()
    .min(1, words)
    .max(max, `Keep this within ${max} characters.`)
    .refine(visible.isVisible, visible.words)
    .regex(/^[^"\\\p{Cc}]*$/u, UNQUOTED.words);

/** May be left out, null or empty: forms send what they have. */
const optionalText = ({ pattern, words }: Identifier, tidy = (text: string) => text.trim()) =>
  z
    .string()
    .nullish()
    .transform((value) => (value ? tidy(value) : undefined) || undefined)
    .pipe(z.string().regex(pattern, words).optional())
    .optional()
    .meta({ description: words });

const b2bIdSchema = wireText(100, "Enter the B2B ID.", inNumber);

/** Whom a bill is from, or an invoice for. What the portal knows of them already is never overwritten by it, only filled in. */
export const invoicePartySchema = z.strictObject({
  b2bId: b2bIdSchema,
  name: wireText(200, "Enter the name.", inProse).normalize("NFC"),
  gstin: optionalText(GSTIN, inCapitals),
  bankAccountNumber: optionalText(ACCOUNT_NUMBER, withoutBlanks),
  bankIfsc: optionalText(IFSC, inCapitals),
  bankBeneficiaryName: optionalText({ pattern: /^[^"\\\p{Cc}]{1,100}$/u, words: UNQUOTED.words }).refine(
    (name) => name === undefined || inProse.isVisible(name),
    inProse.words,
  ),
  vpa: optionalText(VPA, withoutBlanks),
});

const descriptionSchema = z
  .string()
  .trim()
  .max(200, "Keep the description within 200 characters.")
  .refine(inProse.isVisible, inProse.words)
  .regex(/^[^\p{Cc}]*$/u, "Write the description on one line.")
  .normalize("NFC");

const content = {
  supplierInvoiceNumber: wireText(100, "Enter the invoice number.", inNumber),
  description: descriptionSchema.default(""),
  issueDate: daySchema,
  dueDate: daySchema.meta({ description: "Not before `issueDate`." }),
  totalPaise: z
    .int({ error: paiseWords })
    .min(1, "Enter an amount above zero.")
    .max(MAX_PAISE, "An amount can't be above ₹9,999 crore.")
    .transform((value) => value as Paise)
    .meta({ description: PAISE_MEANING }),
};

const datesInOrder = (bill: { issueDate: string; dueDate: string }) => bill.dueDate >= bill.issueDate;
const datesWords = { path: ["dueDate"], message: "The due date can't be before the invoice date." };

const objectIdSchema = z
  .string()
  .refine(inNumber.isVisible, inNumber.words)
  .regex(/^[^\\"\p{Cc}]{1,100}$/u, 'An invoice id has 1 to 100 characters without " or \\.')
  .meta({ description: "Minted by whoever asks (INV and 32 hex digits) and sent again on a retry: one invoice." });

/** A bill that was received, or an invoice that is raised. */
export const createInvoiceSchema = z
  .strictObject({
    objectId: objectIdSchema,
    side: invoiceSideSchema,
    counterparty: invoicePartySchema.meta({
      description:
        "The other party. What the books know of it is not overwritten, only filled in; one on this portal goes by the name that it gave itself.",
    }),
    ...content,
  })
  .refine(datesInOrder, datesWords);
export type CreateInvoiceInput = z.output<typeof createInvoiceSchema>;

const versionSchema = z
  .int()
  .min(0)
  // A 32-bit column's.
  .max(2 ** 31 - 1)
  .meta({ description: "The version that was read: a change made meanwhile is not lost." });

export const editInvoiceSchema = z
  .strictObject({
    version: versionSchema,
    ...content,
    description: descriptionSchema.optional().meta({ description: "Left out, it stays as it is." }),
  })
  .refine(datesInOrder, datesWords);
export type EditInvoiceInput = z.output<typeof editInvoiceSchema>;

/** The most invoices in one request of an import; its body is bounded like any other. */
export const MOST_IMPORTED_AT_ONCE = 50;

/** Whom an imported bill is from, or an invoice for: a party that is known already may be named by any of these alone. */
export const importedPartySchema = invoicePartySchema
  .partial({ b2bId: true, name: true })
  .refine(({ b2bId, name, gstin }) => Boolean(b2bId || name || gstin), {
    path: ["name"],
    message: "Name the party: by its B2B ID, its GSTIN or its name.",
  });

/** One bill or invoice of a file. */
export const importedInvoiceSchema = z
  .strictObject({
    objectId: objectIdSchema,
    counterparty: importedPartySchema,
    ...content,
    description: descriptionSchema
      .optional()
      .meta({ description: "Left out, it is empty; that of a bill that is there already stays as it is." }),
    edits: z.strictObject({ invoiceId: z.uuid(), version: versionSchema }).optional().meta({
      description:
        "The same paper bill in the books, as an earlier reply told of it: it takes these values, as by `editInvoice`, and keeps its number as it is written. Left out, what is there stays as it is. A dry run doesn't look at it.",
    }),
    anew: z.boolean().default(false).meta({
      description:
        "It is added, under an `objectId` of its own, also where the same paper bill was cancelled. Left out, what was cancelled stays so.",
    }),
  })
  .refine(datesInOrder, datesWords);
export type ImportedInvoiceInput = z.output<typeof importedInvoiceSchema>;

export const importInvoicesSchema = z.strictObject({
  side: invoiceSideSchema,
  dryRun: z.boolean().default(false).meta({ description: "Only look what would come of it; nothing is written." }),
  invoices: z.array(importedInvoiceSchema).min(1).max(MOST_IMPORTED_AT_ONCE),
});
export type ImportInvoicesInput = z.output<typeof importInvoicesSchema>;

const INVOICE_RESPONSES = ["RETURN", "REJECT"] as const;
export type InvoiceResponse = (typeof INVOICE_RESPONSES)[number];

/** The longest remarks with a return or a rejection, in characters. */
export const MOST_REMARKS = 200;

/** What the party that didn't write an invoice says of it. */
export const answerInvoiceSchema = z.strictObject({
  response: z.enum(INVOICE_RESPONSES, "Choose to return or to reject.").meta({
    description: "`RETURN`: please correct it. `REJECT`: it is not ours.",
  }),
  remarks: z
    .string("Write what is wrong; the other party reads it.")
    .trim()
    .min(1, "Write what is wrong; the other party reads it.")
    .max(MOST_REMARKS, `Keep the remarks within ${MOST_REMARKS} characters.`)
    .refine(inProse.isVisible, inProse.words)
    // As the remarks that go over the wire, which these may one day.
    .regex(UNQUOTED.pattern, UNQUOTED.words),
  version: versionSchema,
});
export type InvoiceAnswer = z.output<typeof answerInvoiceSchema>;

export const putBackInvoiceSchema = z.strictObject({ version: versionSchema });
export type PutBackInvoiceInput = z.output<typeof putBackInvoiceSchema>;
