import type { BusinessScope } from "@/features/businesses/scope";
import { importInvoices } from "@/features/invoices/mutations/import";
import { importInvoicesSchema } from "@/features/invoices/schema";
import { TODAY } from "@/tests/invoices";

export interface ImportOptions {
  side?: string;
  dryRun?: boolean;
  now?: Date;
}

/** Imports rows of a file as a page sends them. @returns what came of each */
export async function importRows(
  scope: BusinessScope,
  invoices: readonly object[],
  { side = "payable", dryRun = false, now = TODAY }: ImportOptions = {},
) {
  return (await importInvoices(scope, importInvoicesSchema.parse({ side, dryRun, invoices }), now)).items;
}

/** The row as somebody who has looked it through sends it, so that the bill takes its values. */
export async function takingValues(scope: BusinessScope, row: object, options: ImportOptions = {}) {
  const [item] = await importRows(scope, [row], { ...options, dryRun: true });
  return { ...row, edits: { invoiceId: item?.invoiceId, version: item?.difference?.there.version } };
}
