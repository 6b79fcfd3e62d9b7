import { z } from "zod";
import { paise } from "@/features/invoices/api";
import { invoiceSideSchema } from "@/features/invoices/schema";
import { b2bIdFilterSchema, searchSchema } from "@/lib/http/list-query";
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

export const counterpartySchema = z
  .object({
    b2bId: z.string(),
    name: z.string(),
    gstin: z.string().nullable(),
    openCount: z
      .int()
      .meta({ description: "Invoices between the two that are not settled yet, on the side asked for." }),
    duePaise: paise.meta({ description: "Paise still due on them." }),
    account: accountSchema,
  })
  .meta({ id: "Counterparty" });
export type Counterparty = z.output<typeof counterpartySchema>;

export const counterpartyQuerySchema = z.strictObject({
  q: searchSchema.optional().meta({ description: "Name or B2B ID, or part of it." }),
  side: invoiceSideSchema.default("payable"),
});
export type CounterpartyQuery = z.output<typeof counterpartyQuerySchema>;
export type CounterpartyQueryInput = z.input<typeof counterpartyQuerySchema>;

export const counterpartyListSchema = z.object({
  items: z.array(counterpartySchema),
  more: z.boolean().meta({ description: "There are others: narrow the search." }),
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
  summary: "Whom the business trades with, by name: at most 50",
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
  response: counterpartySchema,
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
