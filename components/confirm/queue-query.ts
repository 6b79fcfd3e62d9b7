"use client";

import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { listPaymentsOperation, type PaymentQueryInput } from "@/features/payments/api";
import { paymentKeys, paymentsQuery } from "@/features/payments/client";
import { callApi } from "@/lib/http/client";

export const QUEUE_REFRESH_MS = 10_000;
/** An answer is on its way for seconds; whoever gave it watches. */
const ON_THE_WAY_REFRESH_MS = 2_500;

/** So many more at a time: all that are shown are asked for again and again, one page after the other. */
const MORE = 100;

/** What the queue asks for: payments without an answer, oldest first. */
export const queueInput = (q: string): PaymentQueryInput => ({
  side: "incoming",
  status: "AWAITING_CONFIRMATION",
  sort: "createdAt",
  ...(q && { q }),
});

/** The queue, some at a time from the oldest on; asked for again by itself. */
export const queueQuery = (business: string, q: string) =>
  infiniteQueryOptions({
    queryKey: [...paymentKeys.all(business), "queue", q],
    queryFn: ({ pageParam, signal }) =>
      callApi(listPaymentsOperation, {
        params: { business },
        query: { ...queueInput(q), ...(pageParam && { cursor: pageParam, limit: MORE }) },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: QUEUE_REFRESH_MS,
  });

/** Answers that the buyers' side has not taken yet, the latest first. */
export const onTheWayQuery = (business: string) => ({
  ...paymentsQuery(business, { side: "incoming", status: "CONFIRMING", sort: "-createdAt" }),
  refetchInterval: ({ state }: { state: { data?: { items: unknown[] } | undefined } }) =>
    state.data?.items.length === 0 ? QUEUE_REFRESH_MS : ON_THE_WAY_REFRESH_MS,
});
