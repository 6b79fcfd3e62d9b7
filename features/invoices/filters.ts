import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import type { InvoiceRow } from "@/features/invoices/row";
import type { InvoiceFilters, InvoiceSideName } from "@/features/invoices/schema";
import { Prisma } from "@/lib/generated/prisma/client";
import type { InvoiceSide } from "@/lib/generated/prisma/enums";
import type { KeysetOrder } from "@/lib/keyset";
import { matchesWords } from "@/lib/search-words";
import { addDays, dayOf, toIstDay } from "@/lib/time";

/** `soon` and the home page's "due this week": today and the days after it. */
export const SOON_DAYS = 7;

/** Not settled yet. Word for word the predicate of `invoice_unpaid_idx`, or PostgreSQL can't use that index. */
export const OPEN = Prisma.sql`status IN ('CREATED', 'ACCEPTED', 'PART_PAID', 'PAYMENT_INITIATED')`;
/** Something may still be paid on it. */
export const DUE = Prisma.sql`${OPEN} AND total > paid + pending`;

/** Nobody owes it: cancelled, or answered as it stands (docs/decisions/033). */
export const NOT_OWED = Prisma.sql`status IN ('CANCELLED', 'REJECTED', 'RETURNED')`;

/** Its writer has still to correct or cancel it. Word for word the predicate of `invoice_came_back_idx`. */
export const CAME_BACK_INVOICES = Prisma.sql`origin = 'OWN' AND status IN ('REJECTED', 'RETURNED')`;

/** What people search invoices by: the expression of `invoice_words_idx`. */
const INVOICE_TEXT = `(' ' || public.searchable(supplier_invoice_number || ' ' || counterparty_name || ' ' || description) || ' ')`;

/** The condition of a search, `q`; null when it finds nothing. */
export const invoiceWords = (q: string) => matchesWords(INVOICE_TEXT, q);

export const sideColumn = (side: InvoiceSideName): InvoiceSide => (side === "payable" ? "PAYABLE" : "RECEIVABLE");

function dueCondition(due: InvoiceFilters["due"], today: string): Prisma.Sql {
  switch (due) {
    case "overdue":
      return Prisma.sql` AND ${DUE} AND due_date < ${today}::date`;
    case "soon":
      return Prisma.sql` AND ${DUE} AND due_date BETWEEN ${today}::date AND ${addDays(today, SOON_DAYS)}::date`;
    case "open":
      return Prisma.sql` AND ${OPEN}`;
    case "came-back":
      return Prisma.sql` AND ${CAME_BACK_INVOICES}`;
    case "settled":
      return Prisma.sql` AND status IN ('PAID', 'CANCELLED', 'REJECTED', 'RETURNED')`;
    default:
      return Prisma.empty;
  }
}

/** The WHERE of a list of invoices, its search apart: the scope's business, one side, and what the filters ask for. */
export function invoiceConditions(scope: BusinessScope, filters: InvoiceFilters, now: Date): Prisma.Sql {
  const { side, status, due, counterparty, supplierInvoiceNumber, objectId, issuedFrom, issuedTo, sort } = filters;
  return Prisma.join(
    [
      Prisma.sql`business_id = ${scope.businessId}::uuid AND side = ${sideColumn(side)}::invoice_side`,
      status?.length ? Prisma.sql` AND status = ANY(${status}::invoice_status[])` : Prisma.empty,
      dueCondition(due, toIstDay(now)),
      counterparty === undefined ? Prisma.empty : Prisma.sql` AND counterparty_b2b_id = ${counterparty}`,
      supplierInvoiceNumber === undefined
        ? Prisma.empty
        : Prisma.sql` AND supplier_invoice_number = ${supplierInvoiceNumber}`,
      // Where the supplier's version has taken its place, a bill goes by the supplier's id.
      objectId === undefined ? Prisma.empty : Prisma.sql` AND (object_id = ${objectId} OR own_object_id = ${objectId})`,
      issuedFrom === undefined ? Prisma.empty : Prisma.sql` AND issue_date >= ${issuedFrom}::date`,
      // No invoice is due before it is issued (a CHECK): the list in the order of due dates begins there, and not years before.
      issuedFrom !== undefined && sort.endsWith("dueDate")
        ? Prisma.sql` AND due_date >= ${issuedFrom}::date`
        : Prisma.empty,
      issuedTo === undefined ? Prisma.empty : Prisma.sql` AND issue_date <= ${issuedTo}::date`,
    ],
    "",
  );
}

type SortName = "dueDate" | "issueDate" | "total" | "counterparty" | "supplierInvoiceNumber";

const SORTS: Record<SortName, Pick<KeysetOrder, "column" | "kind"> & { valueIn: (row: InvoiceRow) => string }> = {
  dueDate: { column: "due_date", kind: "day", valueIn: (row) => dayOf(row.dueDate) },
  issueDate: { column: "issue_date", kind: "day", valueIn: (row) => dayOf(row.issueDate) },
  total: { column: "total", kind: "whole", valueIn: (row) => String(row.total) },
  counterparty: { column: "counterparty_name", kind: "text", valueIn: (row) => row.counterpartyName },
  supplierInvoiceNumber: {
    column: "supplier_invoice_number",
    kind: "text",
    valueIn: (row) => row.supplierInvoiceNumber,
  },
};

/** A sort of the API (`-dueDate`) as an order of the table, and what a cursor remembers of a row. */
export function invoiceOrder(sort: InvoiceFilters["sort"]): {
  order: KeysetOrder;
  keyOf: (row: InvoiceRow) => { value: string; id: string };
} {
  const { column, kind, valueIn } = SORTS[sort.replace("-", "") as SortName];
  return {
    order: { column, kind, descending: sort.startsWith("-"), id: { column: "id", type: "uuid" } },
    keyOf: (row) => ({ value: valueIn(row), id: row.id }),
  };
}
