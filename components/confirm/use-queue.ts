"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { useMemo } from "react";
import { queueInput, queueQuery } from "@/components/confirm/queue-query";
import { useSteadyList } from "@/components/confirm/steady-list";
import { type FirstPage, initialFor } from "@/components/lists/first-page";
import type { Payment, PaymentPage, PaymentQueryInput } from "@/features/payments/api";

const NONE: readonly Payment[] = [];

/** The queue, its search, and which payment one works on; search and choice stand in the address. */
export function useQueue(business: string, first: FirstPage<PaymentQueryInput, PaymentPage>) {
  const [q, setQ] = useQueryState("q", parseAsString.withDefault(""));
  const [chosen, setChosen] = useQueryState("payment", parseAsString);
  const { initialData: page, ...age } = initialFor(queueInput(q), first);
  const query = useInfiniteQuery({
    ...queueQuery(business, q),
    ...(page && { initialData: { pages: [page], pageParams: [""] }, ...age }),
  });
  const { data, isPlaceholderData } = query;
  const fresh = useMemo(() => data?.pages.flatMap((each) => each.items) ?? NONE, [data]);
  // While a new search is on its way the rows of the one before stay, and must not be mixed with its own.
  const { shown, forget } = useSteadyList(isPlaceholderData ? null : q, fresh, query.hasNextPage);
  const firstWaiting = shown.find((item) => !item.gone)?.payment.objectId;

  /** The payment after this one, round to the first: those before it were passed over, or just came back. */
  function nextAfter(objectId: string): string | null {
    const at = shown.findIndex(({ payment }) => payment.objectId === objectId);
    const others = [...shown.slice(at + 1), ...shown.slice(0, Math.max(at, 0))];
    return others.find((item) => !item.gone)?.payment.objectId ?? null;
  }
  return { q, setQ, chosen, setChosen, current: chosen ?? firstWaiting, shown, forget, nextAfter, query };
}
