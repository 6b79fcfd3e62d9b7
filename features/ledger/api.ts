import { z } from "zod";
import { paiseSchema, partySchema } from "@/features/invoices/api";
import { ledgerExportSchema, ledgerQuerySchema } from "@/features/ledger/schema";
import { PAYMENT_STATUSES } from "@/features/payments/api";
import { PAYMENT_MODES } from "@/features/protocol/status-words";
import { b2bIdFilterSchema, pageOf } from "@/lib/http/list-query";
import { defineOperation } from "@/lib/http/operation";
import { LARGEST_SUM } from "@/lib/money";

const tag = "Counterparties";
const base = "/api/v1/businesses/{business}/counterparties/{b2bId}/ledger";

const MEANING =
  "An invoice counts from its issue date with its total as it is now, unless it is cancelled, returned or rejected. A payment counts once it is ACCEPTED, on the day in India that it was paid, with its net and its adjustments. Invoices come before payments of the same day. What was rejected or has failed is in none of it.";

const capped = `Beyond ${LARGEST_SUM} on either side of zero it is given as that.`;

const balance = (what: string) =>
  z.int().meta({
    description: `${what} Paise that are owed on this side: on \`payable\` by the business (a credit balance), on \`receivable\` to it (a debit balance). Below zero, more was paid by then than billed. ${capped}`,
  });

const sum = (what: string) => z.int().meta({ description: `${what}, in paise. ${capped}` });

const adjustmentSchema = z.object({
  name: z.string().meta({ description: "TDS and the like; empty for what nobody gave a name." }),
  refNo: z.string().meta({ description: "The section of a TDS, the number of a credit note; empty without one." }),
  valuePaise: paiseSchema,
});

const ledgerPaymentSchema = z.object({
  mode: z.enum(PAYMENT_MODES),
  netPaise: paiseSchema.meta({ description: "Paise paid in money." }),
  adjustments: z
    .array(adjustmentSchema)
    .meta({ description: "Settled without money: the TDS, then the largest; with `netPaise` they add up to it." }),
  invoiceNumbers: z.array(z.string()).meta({ description: "Of the first three invoices that it settles." }),
  invoiceCount: z.int(),
});
export type LedgerPayment = z.output<typeof ledgerPaymentSchema>;

const entrySchema = z
  .object({
    day: z.iso.date(),
    kind: z.enum(["invoice", "payment"]),
    id: z.string().meta({ description: "An invoice's `id`, a payment's `objectId`." }),
    reference: z.string().meta({ description: "An invoice's number, a payment's UTR." }),
    debitPaise: paiseSchema,
    creditPaise: paiseSchema,
    balancePaise: balance("After this entry."),
    invoice: z
      .object({ description: z.string(), dueDate: z.iso.date() })
      .nullable()
      .meta({ description: "Null for a payment." }),
    payment: ledgerPaymentSchema.nullable().meta({ description: "Null for an invoice." }),
  })
  .meta({ id: "LedgerEntry" });
export type LedgerEntry = z.output<typeof entrySchema>;

const waitingSchema = ledgerPaymentSchema
  .extend({
    objectId: z.string(),
    utr: z.string(),
    day: z.iso.date().meta({ description: "The day in India that it was paid." }),
    totalPaise: paiseSchema.meta({ description: "Paise that the balance changes by once it is accepted." }),
    status: z.enum(PAYMENT_STATUSES),
    statusWords: z.string(),
  })
  .meta({ id: "LedgerWaiting" });
export type LedgerWaiting = z.output<typeof waitingSchema>;

const ledgerSchema = pageOf(
  entrySchema,
  z.object({
    count: z.int().meta({ description: "Entries of the whole period." }),
    openingPaise: balance("Before the period."),
    debitPaise: sum("All debits of the period"),
    creditPaise: sum("All credits of the period"),
    closingPaise: balance("At the end of the period."),
  }),
)
  .extend({
    counterparty: partySchema,
    from: z.iso.date(),
    to: z.iso.date(),
    broughtForwardPaise: balance("Before the first of `items`."),
    waiting: z
      .object({
        count: z.int(),
        totalPaise: sum("What all of them come to"),
        items: z.array(waitingSchema).meta({ description: "The ten that were paid first." }),
      })
      .meta({
        description:
          "Payments paid by the end of the period that are on their way or wait for confirmation. No balance counts them.",
      }),
  })
  .meta({ id: "Ledger" });
export type Ledger = z.output<typeof ledgerSchema>;

const params = z.strictObject({ b2bId: b2bIdFilterSchema });

export const getLedgerOperation = defineOperation({
  id: "getLedger",
  method: "GET",
  path: base,
  tag,
  summary: "The ledger of one party: its statement of account",
  description: `Invoices and payments between the two on one side, by day, with the balance after each. ${MEANING} The closing balance of one period is the opening balance of the next.`,
  role: "VIEWER",
  params,
  query: ledgerQuerySchema,
  response: ledgerSchema,
});

export const exportLedgerOperation = defineOperation({
  id: "exportLedger",
  method: "GET",
  path: `${base}/export`,
  tag,
  summary: "The ledger of one party as a file",
  description: `From its opening to its closing balance; below it what is on its way, in a column of its own. ${MEANING} Amounts in rupees.`,
  produces: "table",
  role: "VIEWER",
  params,
  query: ledgerExportSchema,
});
