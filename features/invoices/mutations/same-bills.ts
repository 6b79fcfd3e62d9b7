import "server-only";
import { z } from "zod";
import type { BusinessScope } from "@/features/businesses/scope";
import type { ImportResult } from "@/features/invoices/api";
import { contentOfRow } from "@/features/invoices/content";
import { sideColumn } from "@/features/invoices/filters";
import { whyNotEditable } from "@/features/invoices/refusal";
import { INVOICE_COLUMNS, type InvoiceRow, invoiceRow, toInvoice } from "@/features/invoices/row";
import { differingFields, duplicateKeyOf } from "@/features/invoices/rules";
import type { CreateInvoiceInput, ImportedInvoiceInput } from "@/features/invoices/schema";
import { books } from "@/lib/db";
import { Prisma } from "@/lib/generated/prisma/client";
import { KEPT_PLAN } from "@/lib/kept-plans";

/** One invoice of an import once it is known whose it is; without a description the file says none. */
export type MeantInvoice = Omit<CreateInvoiceInput, "description"> & Pick<ImportedInvoiceInput, "description">;

export const sameBillKey = ({ counterparty, supplierInvoiceNumber, issueDate }: MeantInvoice): string =>
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
