import { z } from "zod";
import { paiseSchema, paiseSum, partySchema } from "@/features/invoices/api";
import { LONG_WAIT_DAYS } from "@/features/payments/rules";
import { INVOICE_STATUSES, PAYMENT_MODES } from "@/features/protocol/status-words";
import { PAYMENT_TYPES, SUPPLIER_RESPONSES } from "@/features/protocol/vocabulary";
import { PaymentStatus } from "@/lib/generated/prisma/enums";
import {
  b2bIdFilterSchema,
  CHANGES_MEANING,
  changesOf,
  changesQuerySchema,
  countSchema,
  cursorSchema,
  daySchema,
  exactFilterSchema,
  limitSchema,
  oneOrMany,
  pageOf,
  SORT_MEANING,
  searchSchema,
  tableFormatSchema,
} from "@/lib/http/list-query";
import { defineOperation } from "@/lib/http/operation";

export const PAYMENTS_TAG = "Payments";
export const PAYMENTS_PATH = "/api/v1/businesses/{business}/payments";

export const PAYMENT_STATUSES = Object.values(PaymentStatus);
/** What is to be done about a payment, or waited for, as the home page counts it. */
export const PAYMENT_TODOS = ["unanswered", "pay-again", "send-again"] as const;
export const PAYMENT_SORTS = ["createdAt", "-createdAt", "total", "-total", "paidAt", "-paidAt"] as const;

/** `outgoing`: paid by the business; `incoming`: paid to it. */
const paymentSideSchema = z
  .enum(["outgoing", "incoming"])
  .meta({ description: "`outgoing`: paid by the business. `incoming`: paid to it." });
export type PaymentSideName = z.output<typeof paymentSideSchema>;

const filters = {
  side: paymentSideSchema,
  q: searchSchema
    .optional()
    .meta({ description: "UTR, party or invoice number: words or parts of them; or an amount in rupees." }),
  status: oneOrMany(z.enum(PAYMENT_STATUSES)).optional(),
  todo: z.enum(PAYMENT_TODOS).optional().meta({
    description:
      "`unanswered`: on its way, or waiting for the supplier's answer. `pay-again`: failed or rejected in the last 30 days, and what it was for is still due. `send-again`: its message can't be delivered until a person sends it again.",
  }),
  from: daySchema.optional().meta({ description: "Paid on this day (in India) or later." }),
  to: daySchema.optional().meta({ description: "Paid on this day (in India) or earlier." }),
  counterparty: b2bIdFilterSchema.optional().meta({ description: "The other party's B2B ID." }),
  utr: exactFilterSchema.optional().meta({
    description:
      "Of exactly this UTR or reference, whatever became of them. `checkUtr` finds other ways of writing it.",
  }),
  sort: z.enum(PAYMENT_SORTS).default("-createdAt").meta({ description: SORT_MEANING }),
};

export const paymentQuerySchema = z.strictObject({ ...filters, cursor: cursorSchema.optional(), limit: limitSchema });
export type PaymentQuery = z.output<typeof paymentQuerySchema>;
/** The list's query as it stands in an address: only `side` is needed. */
export type PaymentQueryInput = z.input<typeof paymentQuerySchema>;

/** What waits for a second person, the oldest first: as many as can be looked through at once. */
export const TO_APPROVE = { side: "outgoing", status: "AWAITING_APPROVAL", sort: "createdAt", limit: 100 } as const;

const paymentExportSchema = z.strictObject({ ...filters, format: tableFormatSchema });
export type PaymentFilters = Omit<z.output<typeof paymentExportSchema>, "format">;

const instant = z.iso.datetime({ offset: true });

const approvalSchema = z.object({
  madeByYou: z
    .boolean()
    .meta({ description: "Then somebody else approves it, and you may take it back (`declinePayment`)." }),
});

const paymentSchema = z
  .object({
    objectId: z.string(),
    side: paymentSideSchema,
    counterparty: partySchema,
    type: z.enum(PAYMENT_TYPES),
    mode: z.enum(PAYMENT_MODES),
    utr: z.string(),
    paidAt: instant,
    netPaise: paiseSchema,
    adjustmentPaise: paiseSchema,
    totalPaise: paiseSchema,
    status: z.enum(PAYMENT_STATUSES),
    statusWords: z.string().meta({ description: "The status in people's words, as this side sees it." }),
    undelivered: z.boolean().meta({
      description:
        "Its message, or the answer to it, goes no further until a person sends it again (`todo=send-again`).",
    }),
    supplierResponse: z.enum(SUPPLIER_RESPONSES).nullable(),
    supplierRemarks: z.string().nullable(),
    respondedBy: z.string().nullable(),
    respondedAt: instant.nullable(),
    failure: z.object({ code: z.string(), detail: z.string(), field: z.string() }).nullable().meta({
      description:
        "Why the last message about it was refused: a code, words, the field. The code is one of those of the other API (`errorCd`), one of the other platform's own (empty where it gave none), or GIVEN_UP; DECLINED or WITHDRAWN, with the remarks as words, where the supplier was never told.",
    }),
    invoiceNumbers: z.array(z.string()).meta({ description: "The first three." }),
    invoiceCount: z.int(),
    daysWaiting: z.int().nullable().meta({
      description: "Whole days that it has waited, for approval or since then; null once it has ended.",
    }),
    createdBy: z.string(),
    approval: approvalSchema
      .nullable()
      .meta({ description: "While it waits for a second person's approval; null otherwise." }),
    approved: z.object({ by: z.string(), at: instant }).nullable().meta({
      description: "The second person who approved it, where the business asks for that.",
    }),
    createdAt: instant,
  })
  .meta({ id: "Payment" });
export type Payment = z.output<typeof paymentSchema>;

const standingSchema = z
  .object({
    count: z.int(),
    netPaise: paiseSum("Paise paid"),
    totalPaise: paiseSum("Paise settled, or to be settled, with TDS and other adjustments"),
  })
  .nullable()
  .meta({
    description: "Those of them that were neither rejected nor failed; null where there are too many to be summed.",
  });

const paymentPageSchema = pageOf(paymentSchema, z.object({ ...countSchema, standing: standingSchema })).meta({
  id: "PaymentPage",
});
export type PaymentPage = z.output<typeof paymentPageSchema>;

const paymentChangesSchema = changesOf(paymentSchema).meta({ id: "PaymentChanges" });
export type PaymentChanges = z.output<typeof paymentChangesSchema>;
export type PaymentChangesQuery = z.output<typeof changesQuerySchema>;

const paymentLineSchema = z.object({
  invoiceId: z.uuid(),
  supplierInvoiceNumber: z.string(),
  issueDate: z.iso.date(),
  dueDate: z.iso.date(),
  netPaise: paiseSchema,
  adjustmentPaise: paiseSchema,
  totalPaise: paiseSchema,
  splits: z.array(z.object({ name: z.string(), valuePaise: paiseSchema, refNo: z.string() })),
  invoiceTotalPaise: paiseSchema.meta({ description: "The invoice's total when the payment was made." }),
  invoiceDuePaise: paiseSchema.meta({ description: "What was due on the invoice when the payment was made." }),
  invoiceStatusNow: z.enum(INVOICE_STATUSES),
});

const timelineSchema = z.object({
  key: z.string(),
  at: instant.nullable().meta({ description: "Null for what has not happened yet." }),
  title: z.string(),
  detail: z.string().nullable(),
  actor: z.string().nullable(),
  tone: z.enum(["done", "current", "problem", "pending"]),
});
export type TimelineEntry = z.output<typeof timelineSchema>;

const deliverySchema = z.object({
  state: z.enum(["QUEUED", "DELIVERED", "REFUSED", "STOPPED", "GAVE_UP"]),
  attempts: z.int(),
  nextAttemptAt: instant.nullable(),
  lastError: z.string().nullable(),
  canSendAgain: z.boolean(),
  canGiveUp: z.boolean().meta({
    description: `It can't be delivered, and no attempt will be made unless a person asks; or the network has it, and nothing has come of it for ${LONG_WAIT_DAYS} days.`,
  }),
});
export type Delivery = z.output<typeof deliverySchema>;

export const paymentDetailSchema = paymentSchema
  .extend({
    lines: z.array(paymentLineSchema),
    timeline: z.array(timelineSchema),
    delivery: deliverySchema
      .nullable()
      .meta({ description: "How the business's own last message about it fares; null when it has sent none." }),
  })
  .meta({ id: "PaymentDetail" });
export type PaymentDetail = z.output<typeof paymentDetailSchema>;

const usedUtrSchema = z.object({
  usedBy: z
    .array(
      paymentSchema.pick({
        objectId: true,
        counterparty: true,
        status: true,
        undelivered: true,
        paidAt: true,
        createdAt: true,
        netPaise: true,
        totalPaise: true,
      }),
    )
    .meta({ description: "At most ten, the newest first; `createdAt` is when it was made, or came." }),
});
export type UsedUtr = z.output<typeof usedUtrSchema>["usedBy"][number];

/** As wide as what the network sends may be: a payment that was received is looked for by what it says. */
const utrFilterSchema = z
  .string()
  .trim()
  .min(1, "Enter the UTR or reference of the payment.")
  .max(100)
  .regex(/^[^\0]*$/);

export const paymentParams = z.strictObject({ objectId: z.string().regex(/^[A-Za-z0-9]{1,100}$/) });

export const listPaymentsOperation = defineOperation({
  id: "listPayments",
  method: "GET",
  path: PAYMENTS_PATH,
  tag: PAYMENTS_TAG,
  summary: "Payments made, or payments received",
  role: "VIEWER",
  query: paymentQuerySchema,
  response: paymentPageSchema,
});

export const listPaymentChangesOperation = defineOperation({
  id: "listPaymentChanges",
  method: "GET",
  path: `${PAYMENTS_PATH}/changes`,
  tag: PAYMENTS_TAG,
  summary: "What has changed in payments of both sides since the last time",
  description: `${CHANGES_MEANING} \`daysWaiting\` follows from \`createdAt\` and the day, and \`undelivered\` is asked for by \`todo=send-again\`.`,
  role: "VIEWER",
  query: changesQuerySchema,
  response: paymentChangesSchema,
});

export const getPaymentOperation = defineOperation({
  id: "getPayment",
  method: "GET",
  path: `${PAYMENTS_PATH}/{objectId}`,
  tag: PAYMENTS_TAG,
  summary: "One payment with its invoices and time line",
  role: "VIEWER",
  params: paymentParams,
  response: paymentDetailSchema,
});

export const checkUtrOperation = defineOperation({
  id: "checkUtr",
  method: "GET",
  path: `${PAYMENTS_PATH}/check-utr`,
  tag: PAYMENTS_TAG,
  summary: "Payments that used a UTR before",
  description:
    "A reason to ask, not to refuse: only letters A to Z and digits count, small or capital, without zeros in front. Failed and rejected payments don't count. With `side=incoming`: payments received, where the same transfer may have been told twice; the one that is asked about is among them.",
  role: "VIEWER",
  query: z.strictObject({
    utr: utrFilterSchema,
    counterparty: b2bIdFilterSchema.optional(),
    side: paymentSideSchema.default("outgoing"),
  }),
  response: usedUtrSchema,
});

export const exportPaymentsOperation = defineOperation({
  id: "exportPayments",
  method: "GET",
  path: `${PAYMENTS_PATH}/export`,
  tag: PAYMENTS_TAG,
  summary: "The filtered list as a file",
  description:
    "All that match the filters, in one file; amounts in rupees. What is settled is the total once the supplier has accepted, and zero before that, or where the payment was rejected or has failed.",
  produces: "table",
  role: "VIEWER",
  query: paymentExportSchema,
});

export const exportSettledInvoicesOperation = defineOperation({
  id: "exportSettledInvoices",
  method: "GET",
  path: `${PAYMENTS_PATH}/export/invoices`,
  tag: PAYMENTS_TAG,
  summary: "The invoices that the filtered list settles, as a file",
  description:
    "A line for each invoice of each payment that matches the filters, with its TDS and its other adjustments, and the party's GSTIN and PAN as they are known now, for whoever books them or files the tax; amounts in rupees. Nothing is settled by what was rejected or has failed: its TDS doesn't count.",
  produces: "table",
  role: "VIEWER",
  query: paymentExportSchema,
});
