import "server-only";
import { z } from "zod";
import { changesSince } from "@/features/audit/changes";
import type { BusinessScope } from "@/features/businesses/scope";
import type { InvoiceChanges, InvoiceChangesQuery } from "@/features/invoices/api";
import { INVOICE_COLUMNS, type InvoiceRow, invoiceRow, toInvoice } from "@/features/invoices/row";
import { books } from "@/lib/db";
import { Prisma } from "@/lib/generated/prisma/client";
import { KEPT_PLAN } from "@/lib/kept-plans";

const columns = Prisma.raw(INVOICE_COLUMNS);
const lineRows = z.array(z.object({ payment: z.string(), invoice: z.string() }));

async function readAfter(scope: BusinessScope, id: string | null, limit: number): Promise<InvoiceRow[]> {
  const after = id === null ? Prisma.empty : Prisma.sql` AND id > ${id}::uuid`;
  const found = await books(scope).$queryRaw`${KEPT_PLAN}
    SELECT ${columns} FROM invoice WHERE business_id = ${scope.businessId}::uuid${after} ORDER BY id LIMIT ${limit}`;
  return z.array(invoiceRow).parse(found);
}

async function readThese(scope: BusinessScope, ids: readonly string[]): Promise<InvoiceRow[]> {
  const found = await books(scope).$queryRaw`${KEPT_PLAN}
    SELECT ${columns} FROM invoice WHERE business_id = ${scope.businessId}::uuid AND id = ANY(${[...ids]}::uuid[])`;
  return z.array(invoiceRow).parse(found);
}

/** The invoices of payments, by the payments' ids. */
async function invoicesOf(scope: BusinessScope, payments: readonly string[]): Promise<Map<string, string[]>> {
  const byPayment = new Map<string, string[]>();
  if (payments.length === 0) return byPayment;
  const found = await books(scope).$queryRaw`${KEPT_PLAN}
    SELECT payment_object_id AS payment, invoice_id AS invoice FROM payment_line
     WHERE business_id = ${scope.businessId}::uuid AND payment_object_id = ANY(${[...payments]})`;
  for (const { payment, invoice } of lineRows.parse(found))
    byPayment.set(payment, [...(byPayment.get(payment) ?? []), invoice]);
  return byPayment;
}

/**
 * A page of the invoices, bought and sold, that have changed since `since`; of all of them first. What moves a payment moves its invoices.
 * @throws AppError INVALID (path `since`).
 */
export async function listInvoiceChanges(
  scope: BusinessScope,
  query: InvoiceChangesQuery,
  now = new Date(),
): Promise<InvoiceChanges> {
  const { rows, ...rest } = await changesSince(scope, query, {
    of: "invoices",
    isId: (text) => z.uuid().safeParse(text).success,
    idOf: ({ id }: InvoiceRow) => id,
    readAfter: (id, limit) => readAfter(scope, id, limit),
    readThese: (ids) => readThese(scope, ids),
    isAbout: ({ subjectKind }) => subjectKind === "invoice" || subjectKind === "payment",
    changedBy: async (events) => {
      const payments = events.flatMap(({ subjectKind, subjectId }) => (subjectKind === "payment" ? [subjectId] : []));
      const byPayment = await invoicesOf(scope, payments);
      return ({ subjectKind, subjectId }) =>
        subjectKind === "payment" ? (byPayment.get(subjectId) ?? []) : [subjectId];
    },
  });
  return { items: rows.map((row) => toInvoice(row, now)), ...rest };
}
