import { z } from "zod";
import { INVOICES_PATH, INVOICES_TAG, invoiceSchema } from "@/features/invoices/api";
import { MAX_BILLS } from "@/features/payments/schema";
import { oneOrMany } from "@/lib/http/list-query";
import { defineOperation } from "@/lib/http/operation";

/** Of one invoice so many are told at most. */
export const MOST_ALIKE = 5;

const alikeSchema = z.object({
  items: z.array(
    z.object({
      invoiceId: z.uuid().meta({ description: "One of those that were asked about, which has some." }),
      alike: z.array(invoiceSchema).meta({ description: `${MOST_ALIKE} at most, the newest first.` }),
    }),
  ),
});
export type AlikeInvoices = z.output<typeof alikeSchema>["items"][number];

export const listAlikeInvoicesOperation = defineOperation({
  id: "listAlikeInvoices",
  method: "GET",
  path: `${INVOICES_PATH}/alike`,
  tag: INVOICES_TAG,
  summary: "Others that may be the same paper invoice",
  description:
    "Of the same party, with a number that differs only in signs, blanks, capitals or zeros in front, and with the same total or the same invoice date. A reason to look, not to refuse: 1/11 and 11/1 are two. Cancelled, returned and rejected ones don't count.",
  role: "VIEWER",
  query: z.strictObject({
    id: oneOrMany(z.uuid(), MAX_BILLS).meta({ description: `Invoices of either side, ${MAX_BILLS} at most.` }),
  }),
  response: alikeSchema,
});
