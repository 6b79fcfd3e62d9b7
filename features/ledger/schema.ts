import { z } from "zod";
import { invoiceSideSchema } from "@/features/invoices/schema";
import { cursorSchema, daySchema, limitSchema, tableFormatSchema } from "@/lib/http/list-query";

const filters = {
  side: invoiceSideSchema.default("payable"),
  from: daySchema.optional().meta({
    description: "The first day. Left out: 1 April of the financial year of `to`, or of today.",
  }),
  to: daySchema.optional().meta({
    description:
      "The last day, which belongs to it. Left out: 31 March of the financial year of today, or of a later `from`.",
  }),
};

export const ledgerExportSchema = z.strictObject({ ...filters, format: tableFormatSchema });
export type LedgerFilters = Omit<z.output<typeof ledgerExportSchema>, "format">;

export const ledgerQuerySchema = z.strictObject({ ...filters, cursor: cursorSchema.optional(), limit: limitSchema });
export type LedgerQuery = z.output<typeof ledgerQuerySchema>;
/** The query as it stands in an address: all of it may be left out. */
export type LedgerQueryInput = z.input<typeof ledgerQuerySchema>;
