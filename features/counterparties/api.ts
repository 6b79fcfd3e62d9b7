import { z } from "zod";
import { changeCounterpartySchema } from "@/features/counterparties/schema";
import { paiseSum } from "@/features/invoices/api";
import { invoiceSideSchema } from "@/features/invoices/schema";
import { b2bIdFilterSchema, cursorSchema, limitSchema, searchSchema } from "@/lib/http/list-query";
import { defineOperation } from "@/lib/http/operation";

const tag = "Counterparties";
const base = "/api/v1/businesses/{business}";

export const accountSchema = z.object({
  number: z.string().nullable().meta({
    description: "The whole number where it is whom to pay (`side=payable`); else all but the last four hidden.",
  }),
  ifsc: z.string().nullable(),
  beneficiaryName: z.string().nullable(),
  vpa: z.string().nullable().meta({ description: "UPI address." }),
});

/** Who last changed where a party wants its money. */
export const accountChangeSchema = z
  .object({
    at: z.iso.datetime({ offset: true }),
    by: z.string(),
    isFirst: z.boolean().meta({ description: "There were no such details before: they were entered." }),
  })
  .meta({ id: "AccountChange" });
export type AccountChange = z.output<typeof accountChangeSchema>;

export const counterpartySchema = z
  .object({
    b2bId: z.string(),
    name: z.string(),
    gstin: z.string().nullable(),
    isSupplier: z.boolean().meta({ description: "There are bills from them." }),
    isBuyer: z.boolean().meta({ description: "There are invoices to them." }),
    openCount: z
      .int()
      .meta({ description: "Invoices between the two that are not settled yet, on the side asked for." }),
    duePaise: paiseSum("Paise still due on them"),
    account: accountSchema,
    accountChange: accountChangeSchema.nullable().meta({
      description: "The last change of their account in the last 7 days: ask them before you pay to it.",
    }),
  })
  .meta({ id: "Counterparty" });
export type Counterparty = z.output<typeof counterpartySchema>;

export const counterpartyDetailSchema = counterpartySchema
  .extend({
    version: z.iso.datetime().meta({ description: "Sent back with a change." }),
    theirs: z.object({ name: z.string(), gstin: z.string().nullable(), account: accountSchema }).nullable().meta({
      description: "A party on this portal keeps its own details: what is known by them. Null when it lives elsewhere.",
    }),
  })
  .meta({ id: "CounterpartyDetail" });
export type CounterpartyDetail = z.output<typeof counterpartyDetailSchema>;

export const counterpartyQuerySchema = z.strictObject({
  q: searchSchema.optional().meta({ description: "Name, B2B ID or GSTIN, or part of it." }),
  side: invoiceSideSchema.default("payable"),
  cursor: cursorSchema.optional(),
  limit: limitSchema.default(50),
});
export type CounterpartyQuery = z.output<typeof counterpartyQuerySchema>;
export type CounterpartyQueryInput = z.input<typeof counterpartyQuerySchema>;

export const counterpartyListSchema = z.object({
  items: z.array(counterpartySchema),
  more: z.boolean().meta({ description: "There are others, on the next page." }),
  nextCursor: z.string().nullable(),
  previousCursor: z.string().nullable(),
});
export type CounterpartyList = z.output<typeof counterpartyListSchema>;

export const directoryEntrySchema = z
  .object({ b2bId: z.string(), name: z.string(), gstin: z.string().nullable() })
  .meta({ id: "DirectoryEntry" });
export type DirectoryEntry = z.output<typeof directoryEntrySchema>;

const params = z.strictObject({ b2bId: b2bIdFilterSchema });

export const listCounterpartiesOperation = defineOperation({
  id: "listCounterparties",
  method: "GET",
  path: `${base}/counterparties`,
  tag,
  summary: "Whom the business trades with, by name",
  role: "VIEWER",
  query: counterpartyQuerySchema,
  response: counterpartyListSchema,
});

export const getCounterpartyOperation = defineOperation({
  id: "getCounterparty",
  method: "GET",
  path: `${base}/counterparties/{b2bId}`,
  tag,
  summary: "One party that the business trades with",
  role: "VIEWER",
  params,
  query: counterpartyQuerySchema.pick({ side: true }),
  response: counterpartyDetailSchema,
});

export const changeCounterpartyOperation = defineOperation({
  id: "changeCounterparty",
  method: "PATCH",
  path: `${base}/counterparties/{b2bId}`,
  tag,
  summary: "Corrects what is known of a party: its name, GSTIN or account",
  description:
    "The B2B ID stays: bills and payments hang on it. A change of account is told to whoever pays to it for 7 days. The same change again changes nothing. 409 when someone else changed it meanwhile, and for a party on this portal, of which only what it says itself (`theirs`) can be taken over.",
  role: "FINANCE",
  params,
  body: changeCounterpartySchema,
  response: counterpartyDetailSchema,
});

export const findInDirectoryOperation = defineOperation({
  id: "findInDirectory",
  method: "GET",
  path: `${base}/directory/{b2bId}`,
  tag,
  summary: "A business on this portal, by its exact B2B ID",
  description: "404 when it lives elsewhere.",
  role: "VIEWER",
  params,
  response: directoryEntrySchema,
});
