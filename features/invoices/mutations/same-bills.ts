import "server-only";
import { z } from "zod";
import type { BusinessScope } from "@/features/businesses/scope";
import type { ImportResult } from "@/features/invoices/api";
import { contentOfRow } from "@/features/invoices/content";
import { sideColumn } from "@/features/invoices/filters";
import { type CancelledBill, whyNotEditable } from "@/features/invoices/refusal";
import { INVOICE_COLUMNS, type InvoiceRow, invoiceRow, toInvoice } from "@/features/invoices/row";
import { differingFields, duplicateKeyOf } from "@/features/invoices/rules";
import type { CreateInvoiceInput, ImportedInvoiceInput } from "@/features/invoices/schema";
import { books, type Tx } from "@/lib/db";
import { Prisma } from "@/lib/generated/prisma/client";
import { KEPT_PLAN } from "@/lib/kept-plans";
import { dayOf } from "@/lib/time";

/** One invoice of an import once it is known whose it is; without a description the file says none. */
export type MeantInvoice = Omit<CreateInvoiceInput, "description"> & Pick<ImportedInvoiceInput, "description">;

/** What tells which paper bill is meant. */
type PaperBill = Pick<MeantInvoice, "side" | "supplierInvoiceNumber" | "issueDate"> & {
  counterparty: { b2bId: string };
};

export const sameBillKey = ({ counterparty, supplierInvoiceNumber, issueDate }: PaperBill): string =>
  duplicateKeyOf({ counterpartyB2BId: counterparty.b2bId, supplierInvoiceNumber, issueDay: issueDate });

const sameBill = invoiceRow.extend({ duplicateKey: z.string() });

/** What the books have of the same paper bills, all of one side, by their keys. */
export async function sameBills(
  scope: BusinessScope,
  all: readonly MeantInvoice[],
): Promise<ReadonlyMap<string, InvoiceRow>> {
  const [first] = all;
  if (!first) return new Map();
  const rows = await books(scope).$queryRaw`
    ${KEPT_PLAN} SELECT ${Prisma.raw(INVOICE_COLUMNS)}, duplicate_key AS "duplicateKey" FROM invoice
     WHERE business_id = ${scope.businessId}::uuid AND side = ${sideColumn(first.side)}::invoice_side
       AND duplicate_key = ANY(${all.map(sameBillKey)})`;
  return new Map(
    sameBill
      .array()
      .parse(rows)
      .map(({ duplicateKey, ...row }) => [duplicateKey, row]),
  );
}

export const sameBillOf = async (scope: BusinessScope, invoice: MeantInvoice): Promise<InvoiceRow | null> =>
  (await sameBills(scope, [invoice])).get(sameBillKey(invoice)) ?? null;

const cancelledRow = z.object({
  id: z.string(),
  counterpartyB2BId: z.string(),
  supplierInvoiceNumber: z.string(),
  issueDate: z.date(),
});
const cancellation = z.object({
  invoiceId: z.string(),
  supplierInvoiceNumber: z.string(),
  counterpartyName: z.string(),
  at: z.date(),
  by: z.string(),
});

/**
 * Which of the same paper bills, all of one side, were cancelled, by their keys: the last time each. What a buyer wrote down and took
 * back says nothing of the supplier's own invoice, so among invoices only the business's own count.
 */
export async function cancelledBills(
  tx: Tx,
  { businessId }: BusinessScope,
  all: readonly PaperBill[],
): Promise<ReadonlyMap<string, CancelledBill>> {
  const [first] = all;
  if (!first) return new Map();
  const keys = new Set(all.map(sameBillKey));
  const side = sideColumn(first.side);
  // The number as it counts (`duplicateKeyOf`) is no column of what is cancelled: a party's cancelled ones are few, and are gone through.
  const rows = await tx.$queryRaw`
    ${KEPT_PLAN} SELECT id, counterparty_b2b_id AS "counterpartyB2BId", supplier_invoice_number AS "supplierInvoiceNumber",
           issue_date AS "issueDate"
      FROM invoice
     WHERE business_id = ${businessId}::uuid AND side = ${side}::invoice_side AND base_status = 'CANCELLED'
       AND counterparty_b2b_id = ANY(${[...new Set(all.map(({ counterparty }) => counterparty.b2bId))]})
       AND (side = 'PAYABLE' OR origin = 'OWN')`;
  const found = new Map<string, string>();
  for (const { id, counterpartyB2BId, supplierInvoiceNumber, issueDate } of cancelledRow.array().parse(rows)) {
    const key = duplicateKeyOf({ counterpartyB2BId, supplierInvoiceNumber, issueDay: dayOf(issueDate) });
    if (keys.has(key)) found.set(id, key);
  }
  if (found.size === 0) return new Map();
  const cancellations = await tx.$queryRaw`
    SELECT invoice.id AS "invoiceId", supplier_invoice_number AS "supplierInvoiceNumber", counterparty_name AS "counterpartyName", at,
           CASE action WHEN 'invoice.cancelled' THEN actor_name ELSE counterparty_name END AS by
      FROM invoice JOIN audit_event USING (business_id)
     WHERE business_id = ${businessId}::uuid AND invoice.id = ANY(${[...found.keys()]}::uuid[])
       AND subject_kind = 'invoice' AND subject_id = invoice.id::text AND action IN ('invoice.cancelled', 'invoice.cancelled-by-party')
     ORDER BY at`;
  const parsed = cancellation.array().parse(cancellations);
  return new Map(
    parsed.flatMap((each) => (found.has(each.invoiceId) ? [[found.get(each.invoiceId) ?? "", each]] : [])),
  );
}

/** In what the bill that is there differs, and whether it may take the new values; null when it says the same. */
export function differenceFrom(
  row: InvoiceRow,
  invoice: MeantInvoice,
  now: Date,
): ImportResult["items"][number]["difference"] {
  const fields = differingFields(contentOfRow(row), invoice);
  if (fields.length === 0) return null;
  return { there: toInvoice(row, now), fields, refusal: whyNotEditable(row)?.message ?? null };
}
