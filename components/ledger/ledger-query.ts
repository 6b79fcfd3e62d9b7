import { partyHref } from "@/components/parties/party-query";
import type { InvoiceSideName } from "@/features/invoices/schema";
import { SIDE_WORDS } from "@/features/invoices/words";
import type { LedgerQueryInput } from "@/features/ledger/schema";

/** As many entries as a page has: whoever agrees books reads down a long one, and prints it. */
export const LEDGER_PAGE = { limit: 100 } as const satisfies LedgerQueryInput;

/** Where a party's ledger is; of this financial year unless other days are given. */
export function ledgerHref(
  business: string,
  b2bId: string,
  side: InvoiceSideName,
  { from, to }: { from?: string | null; to?: string | null } = {},
): string {
  const search = new URLSearchParams({ side, ...(from && { from }), ...(to && { to }) });
  return `${partyHref(business, b2bId)}/ledger?${search}`;
}

/** Where the payments of a side are listed, and each of them is. */
const paymentsAt = (business: string, side: InvoiceSideName): string =>
  `/b/${business}/${side === "payable" ? "payments" : "received"}`;

export const paymentHref = (business: string, side: InvoiceSideName, objectId: string): string =>
  `${paymentsAt(business, side)}/${objectId}`;

/** All payments with the party that wait for an answer. */
export const waitingHref = (business: string, side: InvoiceSideName, b2bId: string): string =>
  `${paymentsAt(business, side)}?counterparty=${encodeURIComponent(b2bId)}&todo=unanswered`;

export const invoiceHref = (business: string, side: InvoiceSideName, id: string): string =>
  `/b/${business}/${SIDE_WORDS[side].many}/${id}`;
