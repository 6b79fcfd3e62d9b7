"use client";

import { useQueryClient } from "@tanstack/react-query";

/** Under one root a business, so that a change of money can refresh bills, payments, parties and home together. */
export const businessKey = (business: string) => ["businesses", business] as const;

/** After a write, all that the business's pages show is asked for again; the write itself doesn't wait for that. */
export function useRefreshOnSettle(business: string) {
  const client = useQueryClient();
  return { onSettled: () => void client.invalidateQueries({ queryKey: businessKey(business) }) };
}
