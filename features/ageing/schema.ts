import { z } from "zod";
import { invoiceSideSchema } from "@/features/invoices/schema";
import { cursorSchema, limitSchema, SORT_MEANING, tableFormatSchema } from "@/lib/http/list-query";

export const AGEING_SORTS = ["overdue", "-overdue", "due", "-due", "counterparty", "-counterparty"] as const;
export type AgeingSort = (typeof AGEING_SORTS)[number];

const filters = {
  side: invoiceSideSchema,
  sort: z.enum(AGEING_SORTS).default("-overdue").meta({ description: SORT_MEANING }),
};

export const ageingExportSchema = z.strictObject({ ...filters, format: tableFormatSchema });
export type AgeingFilters = Omit<z.output<typeof ageingExportSchema>, "format">;

export const ageingQuerySchema = z.strictObject({ ...filters, cursor: cursorSchema.optional(), limit: limitSchema });
export type AgeingQuery = z.output<typeof ageingQuerySchema>;
/** The query as it stands in an address: only `side` is needed. */
export type AgeingQueryInput = z.input<typeof ageingQuerySchema>;
