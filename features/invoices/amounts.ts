import "server-only";
import { z } from "zod";
import type { BusinessScope } from "@/features/businesses/scope";
import { paiseColumn } from "@/features/invoices/row";
import { dueOf, isPayable, statusOf } from "@/features/invoices/rules";
import type { Tx } from "@/lib/db";
import { InvoiceSide, InvoiceStatus } from "@/lib/generated/prisma/enums";
import { KEPT_PLAN } from "@/lib/kept-plans";
import { add, type Paise } from "@/lib/money";

const lockedInvoice = z.object({
  id: z.string(),
  side: z.enum(InvoiceSide),
  objectId: z.string(),
  supplierInvoiceNumber: z.string(),
  counterpartyB2BId: z.string(),
  total: paiseColumn,
  paid: paiseColumn,
  pending: paiseColumn,
  status: z.enum(InvoiceStatus),
  baseStatus: z.enum(InvoiceStatus),
  version: z.number(),
});

/** An invoice whose row this transaction holds. Amounts in paise. */
export type LockedInvoice = z.infer<typeof lockedInvoice>;

/**
 * Locks the invoices for this transaction and reads them. Always in the order of their ids, so that two payments of the same
 * invoices wait for each other instead of deadlocking. Invoices that aren't there are missing from the answer.
 */
export async function lockInvoices(tx: Tx, scope: BusinessScope, ids: readonly string[]): Promise<LockedInvoice[]> {
  const rows = await tx.$queryRaw`${KEPT_PLAN}
    SELECT id, side, object_id AS "objectId", supplier_invoice_number AS "supplierInvoiceNumber",
           counterparty_b2b_id AS "counterpartyB2BId", total, paid, pending, status, base_status AS "baseStatus", version
      FROM invoice
     WHERE business_id = ${scope.businessId}::uuid AND id = ANY(${[...ids]}::uuid[])
     ORDER BY id
       FOR UPDATE`;
  return z.array(lockedInvoice).parse(rows);
}

/** As `lockInvoices`, of one other party, by the ids that the wire knows them by: another's software may mint the same. */
export async function lockInvoicesByObjectId(
  tx: Tx,
  scope: BusinessScope,
  { side, counterpartyB2BId }: { side: InvoiceSide; counterpartyB2BId: string },
  objectIds: readonly string[],
): Promise<LockedInvoice[]> {
  const found = await tx.invoice.findMany({
    where: { businessId: scope.businessId, side, counterpartyB2BId, objectId: { in: [...objectIds] } },
    select: { id: true },
  });
  return lockInvoices(
    tx,
    scope,
    found.map((invoice) => invoice.id),
  );
}

/** How one payment changes one invoice: paise that are added to (or taken from) `paid` and `pending`. */
export interface AmountMove {
  invoice: LockedInvoice;
  paid: Paise;
  pending: Paise;
  /** The invoice's version from now on, when that is higher than the one it has. */
  version?: number;
}

/** Why an invoice can't take an amount, or null when it can. */
export function whyNot(invoice: LockedInvoice, amount: Paise): "INVOICE_NOT_PAYABLE" | "EXCEEDS_DUE" | null {
  if (!isPayable(invoice)) return "INVOICE_NOT_PAYABLE";
  return amount > dueOf(invoice) ? "EXCEEDS_DUE" : null;
}

/**
 * Writes the invoices' new amounts, status and version, all in one statement. The caller holds their locks and has asked `whyNot`;
 * the table's CHECKs refuse whatever would break the books all the same.
 */
export async function moveAmounts(
  tx: Tx,
  scope: BusinessScope,
  moves: readonly AmountMove[],
  now: Date,
): Promise<void> {
  const after = moves.map(({ invoice, ...move }) => {
    const books = { ...invoice, paid: add(invoice.paid, move.paid), pending: add(invoice.pending, move.pending) };
    return { ...books, status: statusOf(books), version: Math.max(invoice.version, move.version ?? 0) };
  });
  const count = await tx.$executeRaw`${KEPT_PLAN}
    UPDATE invoice
       SET paid = moved.paid, pending = moved.pending, status = moved.status::invoice_status, version = moved.version,
           updated_at = ${now}
      FROM unnest(${after.map((row) => row.id)}::uuid[], ${after.map((row) => BigInt(row.paid))}::bigint[],
                  ${after.map((row) => BigInt(row.pending))}::bigint[], ${after.map((row) => row.status)}::text[],
                  ${after.map((row) => row.version)}::int[]) AS moved(id, paid, pending, status, version)
     WHERE invoice.business_id = ${scope.businessId}::uuid AND invoice.id = moved.id`;
  if (count !== moves.length) throw new Error(`moved the amounts of ${count} invoices in place of ${moves.length}`);
}
