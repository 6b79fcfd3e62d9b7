import type { ImportResult, Invoice } from "@/features/invoices/api";
import type { ImportedInvoice, ImportRow } from "@/features/invoices/import/rows";
import type { ComparedField } from "@/features/invoices/rules";

/** In what the bill that is there differs from its row of the file. */
export interface LineDifference {
  there: Invoice;
  fields: readonly ComparedField[];
  /** Why it can't be changed, in words; null when it can. */
  refusal: string | null;
  /** The row as the bill would take it. */
  edit: ImportedInvoice;
}

/**
 * What differs by the file itself. A due date that somebody said for all rows without one is no word of the file: the bill keeps its own,
 * where that is not before the file's invoice date.
 */
export function lineDifference(
  invoice: ImportedInvoice,
  texts: ImportRow["texts"],
  { difference }: Pick<ImportResult["items"][number], "difference">,
): LineDifference | null {
  if (!difference) return null;
  const { there, refusal } = difference;
  const keepsDue = !texts.has("dueDate") && there.dueDate >= invoice.issueDate;
  const fields = difference.fields.filter((field) => field !== "dueDate" || !keepsDue);
  if (fields.length === 0) return null;
  const edits = { invoiceId: there.id, version: there.version };
  return { there, fields, refusal, edit: { ...invoice, dueDate: keepsDue ? there.dueDate : invoice.dueDate, edits } };
}
