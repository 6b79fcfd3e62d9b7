import { z } from "zod";
import { ageingExportSchema, ageingQuerySchema } from "@/features/ageing/schema";
import { paiseSum, partySchema } from "@/features/invoices/api";
import { pageOf } from "@/lib/http/list-query";
import { defineOperation } from "@/lib/http/operation";

const tag = "Invoices";
const base = "/api/v1/businesses/{business}/invoices/ageing";

const MEANING =
  "What may still be paid on open invoices, by the days they are past their due date today, in India. Claimed by a payment that isn't confirmed yet, it is left out, as in `duePaise` of an invoice.";

const agesSchema = z.object({
  count: z.int().meta({ description: "Invoices on which something is due." }),
  notDuePaise: paiseSum("Paise due today or later"),
  late1To30Paise: paiseSum("Paise 1 to 30 days late"),
  late31To60Paise: paiseSum("Paise 31 to 60 days late"),
  late61To90Paise: paiseSum("Paise 61 to 90 days late"),
  lateOver90Paise: paiseSum("Paise more than 90 days late"),
  overduePaise: paiseSum("Paise late by any number of days"),
  duePaise: paiseSum("Paise due on all of them"),
});

const partyAgesSchema = agesSchema.extend({ counterparty: partySchema }).meta({ id: "PartyAges" });
export type PartyAges = z.output<typeof partyAgesSchema>;

const ageingSchema = pageOf(
  partyAgesSchema,
  agesSchema.extend({ parties: z.int().meta({ description: "Parties with whom something is due." }) }),
)
  .extend({ asOf: z.iso.date().meta({ description: "The day in India that ages are counted to." }) })
  .meta({ id: "Ageing" });
export type Ageing = z.output<typeof ageingSchema>;

export const getAgeingOperation = defineOperation({
  id: "getAgeing",
  method: "GET",
  path: base,
  tag,
  summary: "What is due, by party and age",
  description: `${MEANING} A line for each party with whom anything is due.`,
  role: "VIEWER",
  query: ageingQuerySchema,
  response: ageingSchema,
});

export const exportAgeingOperation = defineOperation({
  id: "exportAgeing",
  method: "GET",
  path: `${base}/export`,
  tag,
  summary: "What is due, by party and age, as a file",
  description: `${MEANING} All parties in one file; amounts in rupees.`,
  produces: "table",
  role: "VIEWER",
  query: ageingExportSchema,
});
