import type { CounterpartyQueryInput } from "@/features/counterparties/api";

/** What a list of parties is asked for by: on this side accounts come without their whole numbers, which a list has no use for. */
export const PARTY_LIST = { side: "receivable", limit: 25 } as const satisfies CounterpartyQueryInput;

/** A party's page. */
export function partyHref(business: string, b2bId: string): string {
  return `/b/${business}/parties/${encodeURIComponent(b2bId)}`;
}

/** Where a party is corrected; `next` is gone on to once it is saved. */
export function partyEditHref(business: string, b2bId: string, next?: string): string {
  const after = next ? `?next=${encodeURIComponent(next)}` : "";
  return `${partyHref(business, b2bId)}/edit${after}`;
}
