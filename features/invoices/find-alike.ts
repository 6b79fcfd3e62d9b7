import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import { numberKey } from "@/features/invoices/alike";
import { type AlikeInvoices, MOST_ALIKE } from "@/features/invoices/alike-api";
import { NOT_OWED } from "@/features/invoices/filters";
import { INVOICE_COLUMNS, type InvoiceRow, invoiceRow, toInvoice } from "@/features/invoices/row";
import { books } from "@/lib/db";
import { Prisma } from "@/lib/generated/prisma/client";
import { KEPT_PLAN } from "@/lib/kept-plans";

/** `numberKey` of an invoice's number. */
const NUMBER_KEY = Prisma.sql`upper(regexp_replace(regexp_replace(supplier_invoice_number COLLATE "C",
  '(?<![0-9])0+(?=[0-9])', '', 'g'), '[^0-9A-Za-z]', '', 'g'))`;

/** Of all that are asked about together so many are looked at. */
const MOST_LOOKED_AT = 500;

function readAsked(scope: BusinessScope, ids: readonly string[]): Promise<unknown> {
  return books(scope).$queryRaw`${KEPT_PLAN}
    SELECT ${Prisma.raw(INVOICE_COLUMNS)} FROM invoice WHERE business_id = ${scope.businessId}::uuid AND id = ANY(${[...ids]}::uuid[])`;
}

/** Those that any of these may be like: all of a party's are gone through once, however many are asked about. */
function readLike(scope: BusinessScope, asked: readonly InvoiceRow[]): Promise<unknown> {
  const of = <Value>(value: (row: InvoiceRow) => Value) => [...new Set(asked.map(value))];
  return books(scope).$queryRaw`${KEPT_PLAN}
    SELECT ${Prisma.raw(INVOICE_COLUMNS)} FROM invoice
     WHERE business_id = ${scope.businessId}::uuid AND side = ANY(${of(({ side }) => side)}::invoice_side[])
       AND counterparty_b2b_id = ANY(${of((row) => row.counterpartyB2BId)})
       AND (total = ANY(${of(({ total }) => total)}::bigint[])
            OR issue_date = ANY(${of(({ issueDate }) => issueDate.toISOString().slice(0, 10))}::date[]))
       AND NOT (${NOT_OWED}) AND ${NUMBER_KEY} = ANY(${of((row) => numberKey(row.supplierInvoiceNumber))})
     ORDER BY created_at DESC, id LIMIT ${MOST_LOOKED_AT}`;
}

const key = (row: InvoiceRow) => `${row.side} ${row.counterpartyB2BId} ${numberKey(row.supplierInvoiceNumber)}`;

const isAlike = (one: InvoiceRow, other: InvoiceRow): boolean =>
  one.id !== other.id &&
  key(one) === key(other) &&
  (one.total === other.total || one.issueDate.getTime() === other.issueDate.getTime());

/** For each of these invoices that has some: others that may be the same paper invoice, written in another way. */
export async function findAlike(
  scope: BusinessScope,
  ids: readonly string[],
  now = new Date(),
): Promise<AlikeInvoices[]> {
  const rows = invoiceRow.array();
  const asked = rows.parse(await readAsked(scope, ids)).filter((row) => numberKey(row.supplierInvoiceNumber) !== "");
  if (asked.length === 0) return [];
  const others = rows.parse(await readLike(scope, asked));
  return asked.flatMap((one) => {
    const alike = others.filter((other) => isAlike(one, other)).slice(0, MOST_ALIKE);
    return alike.length > 0 ? [{ invoiceId: one.id, alike: alike.map((row) => toInvoice(row, now)) }] : [];
  });
}
