import { z } from "zod";
import { COMPARED_FIELDS } from "@/features/invoices/rules";
import {
  answerInvoiceSchema,
  createInvoiceSchema,
  editInvoiceSchema,
  importInvoicesSchema,
  invoiceExportSchema,
  invoiceQuerySchema,
  invoiceSideSchema,
  putBackInvoiceSchema,
} from "@/features/invoices/schema";
import { INVOICE_STATUSES, PAYMENT_MODES } from "@/features/protocol/status-words";
import { PaymentStatus } from "@/lib/generated/prisma/enums";
import { CHANGES_MEANING, changesOf, changesQuerySchema, countSchema, pageOf } from "@/lib/http/list-query";
import { defineOperation } from "@/lib/http/operation";
import { LARGEST_SUM, PAISE_MEANING } from "@/lib/money";

export const INVOICES_TAG = "Invoices";
export const INVOICES_PATH = "/api/v1/businesses/{business}/invoices";

export const paiseSchema = z.int().meta({ description: PAISE_MEANING });

/** A sum over as many invoices or payments as there may be. */
export const paiseSum = (what: string) =>
  z.int().meta({
    description: `${what}. A sum above ${LARGEST_SUM} is given as that, so that it stays a number that JSON holds exactly.`,
  });
export const partySchema = z.object({ b2bId: z.string(), name: z.string() });

export const invoiceSchema = z
  .object({
    id: z.uuid(),
    side: invoiceSideSchema,
    objectId: z.string().meta({ description: "What the network knows it by." }),
    supplierInvoiceNumber: z.string(),
    counterparty: partySchema,
    description: z.string(),
    issueDate: z.iso.date(),
    dueDate: z.iso.date(),
    totalPaise: paiseSchema,
    paidPaise: paiseSchema,
    pendingPaise: paiseSchema.meta({ description: "Paise claimed by payments that are not confirmed yet." }),
    duePaise: paiseSchema.meta({ description: "Paise that a new payment may still claim; 0 when it can't be paid." }),
    status: z.enum(INVOICE_STATUSES),
    remarks: z
      .string()
      .nullable()
      .meta({ description: "What was said as it was returned or rejected; null unless it is." }),
    overdue: z.boolean(),
    daysOverdue: z.int().meta({ description: "0 while it is not overdue." }),
    version: z.int(),
    origin: z.enum(["OWN", "COUNTERPARTY"]).meta({ description: "Which party wrote it down." }),
    editable: z
      .boolean()
      .meta({ description: "It can be edited: written here, nothing paid or pending, not rejected." }),
    cancellable: z.boolean().meta({ description: "It can be cancelled: written here, nothing paid or pending." }),
    answerable: z.boolean().meta({
      description: "It can be returned or rejected: written by the other party, nothing paid or pending, not answered.",
    }),
    createdBy: z.string(),
    createdAt: z.iso.datetime({ offset: true }),
    updatedAt: z.iso.datetime({ offset: true }),
  })
  .meta({ id: "Invoice" });
export type Invoice = z.output<typeof invoiceSchema>;

const invoicePageSchema = pageOf(
  invoiceSchema,
  z.object({ ...countSchema, duePaise: paiseSum("Paise still due on all that match the filters") }),
)
  .extend({
    toApprove: z.array(z.uuid()).meta({
      description: "The `id`s of those items on which all that is pending waits for a second person's approval.",
    }),
  })
  .meta({ id: "InvoicePage" });
export type InvoicePage = z.output<typeof invoicePageSchema>;

const invoiceChangesSchema = changesOf(invoiceSchema).meta({ id: "InvoiceChanges" });
export type InvoiceChanges = z.output<typeof invoiceChangesSchema>;
export type InvoiceChangesQuery = z.output<typeof changesQuerySchema>;

const invoicePaymentSchema = z.object({
  objectId: z.string(),
  side: z.enum(["outgoing", "incoming"]),
  status: z.enum(PaymentStatus),
  statusWords: z.string(),
  undelivered: z
    .boolean()
    .meta({ description: "Its message, or the answer to it, goes no further until a person sends it again." }),
  netPaise: paiseSchema.meta({ description: "This invoice's share, in paise." }),
  adjustmentPaise: paiseSchema,
  totalPaise: paiseSchema,
  utr: z.string(),
  mode: z.enum(PAYMENT_MODES),
  paidAt: z.iso.datetime({ offset: true }),
  supplierRemarks: z.string().nullable().meta({ description: "What the supplier said to it." }),
  failureDetail: z.string().nullable().meta({ description: "Why it failed, in words; null unless it did." }),
});

/** The most payments that an invoice comes with: all of them, unless it was paid in tiny parts. */
export const MOST_PAYMENTS = 1_000;

const historySchema = z.object({
  at: z.iso.datetime({ offset: true }),
  actor: z.string(),
  action: z.string(),
  words: z.string(),
});

const invoiceDetailSchema = invoiceSchema
  .extend({
    payments: z
      .array(invoicePaymentSchema)
      .meta({ description: `Newest first: the ${MOST_PAYMENTS} newest, where there are more.` }),
    paymentCount: z.int().meta({ description: "How many payments there are of it, failed and rejected ones too." }),
    history: z.array(historySchema),
  })
  .meta({ id: "InvoiceDetail" });
export type InvoiceDetail = z.output<typeof invoiceDetailSchema>;

const invoiceParams = z.strictObject({ id: z.uuid() });

export const listInvoicesOperation = defineOperation({
  id: "listInvoices",
  method: "GET",
  path: INVOICES_PATH,
  tag: INVOICES_TAG,
  summary: "Bills owed, or invoices owed to the business",
  role: "VIEWER",
  query: invoiceQuerySchema,
  response: invoicePageSchema,
});

export const listInvoiceChangesOperation = defineOperation({
  id: "listInvoiceChanges",
  method: "GET",
  path: `${INVOICES_PATH}/changes`,
  tag: INVOICES_TAG,
  summary: "What has changed in invoices of both sides since the last time",
  description: `${CHANGES_MEANING} \`overdue\` and \`daysOverdue\` follow from \`dueDate\` and the day. Nor does a party's new name: go by its \`b2bId\`.`,
  role: "VIEWER",
  query: changesQuerySchema,
  response: invoiceChangesSchema,
});

export const getInvoiceOperation = defineOperation({
  id: "getInvoice",
  method: "GET",
  path: `${INVOICES_PATH}/{id}`,
  tag: INVOICES_TAG,
  summary: "One invoice with its payments and history",
  role: "VIEWER",
  params: invoiceParams,
  response: invoiceDetailSchema,
});

export const createInvoiceOperation = defineOperation({
  id: "createInvoice",
  method: "POST",
  path: INVOICES_PATH,
  tag: INVOICES_TAG,
  summary: "Write down a bill, or raise an invoice",
  description:
    "When the other party is on this portal it appears in their books too. What a supplier raises takes the place of what the buyer wrote down of the same bill, unless money is on it. 200 when the same request was carried out before; 409 when the same paper bill, or the id with other content, is there already.",
  role: "FINANCE",
  body: createInvoiceSchema,
  response: invoiceSchema,
  status: 201,
});

const importResultSchema = z
  .object({
    items: z
      .array(
        z.object({
          objectId: z.string(),
          outcome: z.enum(["added", "changed", "new", "present", "refused"]),
          invoiceId: z.uuid().nullable().meta({ description: "The invoice in the books; null when there is none." }),
          counterparty: partySchema
            .extend({ isNew: z.boolean().meta({ description: "The business didn't know this party before." }) })
            .nullable()
            .meta({ description: "Who was meant; null when that isn't known." }),
          problem: z.object({ path: z.string(), message: z.string(), code: z.string().optional() }).nullable().meta({
            description:
              "Why it was not added or changed; `path` is within the invoice, `code` one of those of a Problem's `errors`.",
          }),
          difference: z
            .object({
              there: invoiceSchema,
              fields: z
                .array(z.enum(COMPARED_FIELDS))
                .meta({ description: "What of it is not as the request has it." }),
              refusal: z
                .string()
                .nullable()
                .meta({ description: "Why it can't take the request's values, in words; null when it can." }),
            })
            .nullable()
            .meta({
              description:
                "What is in the books, where it is `present` and says something else; null where it is the same.",
            }),
          cancelled: z
            .object({
              at: z.iso.datetime({ offset: true }),
              by: z.string().meta({ description: "The person or the software; the other party, when they did." }),
            })
            .nullable()
            .meta({
              description:
                "Where it is `present`, but as one that was cancelled (`invoiceId`), and none stands in its place: when and by whom. `anew` adds it all the same.",
            }),
        }),
      )
      .meta({ description: "One for each invoice of the request, in its order." }),
  })
  .meta({ id: "ImportResult" });
export type ImportResult = z.output<typeof importResultSchema>;

export const importInvoicesOperation = defineOperation({
  id: "importInvoices",
  method: "POST",
  path: `${INVOICES_PATH}/import`,
  tag: INVOICES_TAG,
  summary: "Write down several bills, or raise several invoices",
  description:
    "Each for itself, as by `createInvoice`: `added`, also when an earlier try has added it; `present` when the same paper bill is in the books already, also under the same `objectId`, with what differs, if anything does, or was cancelled there (`cancelled`); `changed` when it was to take the request's values (`edits`), and has them; `refused` when it can't be, with the reason. With `dryRun` those that would be added are `new`, and nothing is written. A party that is known needs no B2B ID: its GSTIN or its exact name will do, where only one has it. A request whose fields are wrong is refused whole, and adds nothing.",
  role: "FINANCE",
  body: importInvoicesSchema,
  response: importResultSchema,
});

export const editInvoiceOperation = defineOperation({
  id: "editInvoice",
  method: "PATCH",
  path: `${INVOICES_PATH}/{id}`,
  tag: INVOICES_TAG,
  summary: "Change an invoice",
  description:
    "Only by the party that wrote it, while nothing is paid or pending; 409 otherwise, in words. What it is already changes nothing, whatever the version.",
  role: "FINANCE",
  params: invoiceParams,
  body: editInvoiceSchema,
  response: invoiceSchema,
});

export const cancelInvoiceOperation = defineOperation({
  id: "cancelInvoice",
  method: "POST",
  path: `${INVOICES_PATH}/{id}/cancel`,
  tag: INVOICES_TAG,
  summary: "Cancel an invoice",
  description: "As for a change. Cancelling it again changes nothing.",
  role: "FINANCE",
  params: invoiceParams,
  response: invoiceSchema,
});

export const answerInvoiceOperation = defineOperation({
  id: "answerInvoice",
  method: "POST",
  path: `${INVOICES_PATH}/{id}/answer`,
  tag: INVOICES_TAG,
  summary: "Return or reject an invoice",
  description:
    "Only what the other party wrote, while nothing is paid or pending; 409 otherwise, in words. They read the remarks. What is returned they can correct, and it is CREATED again then; what is rejected they can cancel. The same answer again changes nothing.",
  role: "FINANCE",
  params: invoiceParams,
  body: answerInvoiceSchema,
  response: invoiceSchema,
});

export const putBackInvoiceOperation = defineOperation({
  id: "putBackInvoice",
  method: "POST",
  path: `${INVOICES_PATH}/{id}/put-back`,
  tag: INVOICES_TAG,
  summary: "Take a return or a rejection back",
  description:
    "The invoice is CREATED again, and can be paid. Of one that is neither returned nor rejected it changes nothing.",
  role: "FINANCE",
  params: invoiceParams,
  body: putBackInvoiceSchema,
  response: invoiceSchema,
});

export const exportInvoicesOperation = defineOperation({
  id: "exportInvoices",
  method: "GET",
  path: `${INVOICES_PATH}/export`,
  tag: INVOICES_TAG,
  summary: "The filtered list as a file",
  description: "All that match the filters, in one file; amounts in rupees.",
  produces: "table",
  role: "VIEWER",
  query: invoiceExportSchema,
});
