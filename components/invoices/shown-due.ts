import { queryOf, type SearchParams } from "@/components/lists/search-params";
import { type InvoiceQuery, type InvoiceSideName, invoiceQuerySchema } from "@/features/invoices/schema";

/** What a list of invoices may be narrowed by, as its address has it. */
interface Narrowing {
  q?: unknown;
  due?: unknown;
  status?: unknown;
  counterparty?: unknown;
  issuedFrom?: unknown;
  issuedTo?: unknown;
}

const isSearched = ({ q, status, counterparty, issuedFrom, issuedTo }: Narrowing): boolean =>
  Boolean(q || status || counterparty || issuedFrom || issuedTo);

/**
 * What the list shows by due date. As it opens that is what is not settled yet, since paid bills would bury the others; whoever
 * searches or filters means all of them.
 */
export function shownDue<T extends Narrowing>({ due, ...others }: T): NonNullable<T["due"]> | "open" | "all" {
  if (due) return due as NonNullable<T["due"]>;
  return isSearched(others) ? "all" : "open";
}

/** Whether somebody looks for less than all, or all that is open: where that is nothing, other words or filters may find something. */
export function isNarrowed(asked: Narrowing): boolean {
  return isSearched(asked) || !["open", "all"].includes(String(shownDue(asked)));
}

/** The list's query that the page's address asks for, as the list itself will ask for it. */
export async function invoiceQueryOf(side: InvoiceSideName, searchParams: SearchParams): Promise<InvoiceQuery> {
  const { due: _due, ...given } = await searchParams;
  const due = shownDue(await searchParams);
  return queryOf(invoiceQuerySchema, { side }, Promise.resolve(due === "all" ? given : { ...given, due }));
}
