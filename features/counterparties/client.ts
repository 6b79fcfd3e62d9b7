"use client";

import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { businessKey, useRefreshOnSettle } from "@/features/businesses/refresh";
import {
  type CounterpartyQueryInput,
  changeCounterpartyOperation,
  findInDirectoryOperation,
  getCounterpartyOperation,
  listCounterpartiesOperation,
} from "@/features/counterparties/api";
import type { changeCounterpartySchema } from "@/features/counterparties/schema";
import { callApi, ProblemError } from "@/lib/http/client";

const counterpartyKeys = {
  all: (business: string) => [...businessKey(business), "counterparties"] as const,
  list: (business: string, query: CounterpartyQueryInput) =>
    [...counterpartyKeys.all(business), "list", query] as const,
  detail: (business: string, b2bId: string) => [...counterpartyKeys.all(business), "detail", b2bId] as const,
  known: (business: string, b2bId: string) => [...counterpartyKeys.all(business), "known", b2bId] as const,
  directory: (business: string, b2bId: string) => [...businessKey(business), "directory", b2bId] as const,
};

export const counterpartiesQuery = (business: string, query: CounterpartyQueryInput) =>
  queryOptions({
    queryKey: counterpartyKeys.list(business, query),
    queryFn: ({ signal }) => callApi(listCounterpartiesOperation, { params: { business }, query, signal }),
    placeholderData: keepPreviousData,
  });

/** One party, with where to pay it. */
export const counterpartyQuery = (business: string, b2bId: string) =>
  queryOptions({
    queryKey: counterpartyKeys.detail(business, b2bId),
    queryFn: ({ signal }) => callApi(getCounterpartyOperation, { params: { business, b2bId }, signal }),
  });

/** Repeating it is safe: what is so already changes nothing. */
export function useChangeCounterparty(business: string, b2bId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof changeCounterpartySchema>) =>
      callApi(changeCounterpartyOperation, { params: { business, b2bId }, body }),
    onSuccess: (party) => client.setQueryData(counterpartyKeys.detail(business, b2bId), party),
    ...useRefreshOnSettle(business),
  });
}

/** Reads a party as it is at that moment, whatever was read before. */
export function useLatestCounterparty(business: string, b2bId: string) {
  const client = useQueryClient();
  return () => client.fetchQuery({ ...counterpartyQuery(business, b2bId), staleTime: 0 });
}

/** What is asked for, or null when there is no such thing. */
async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ProblemError && error.status === 404) return null;
    throw error;
  }
}

/** The party that the business knows by exactly that B2B ID, or null when it knows none. */
export const knownPartyQuery = (business: string, b2bId: string) =>
  queryOptions({
    queryKey: counterpartyKeys.known(business, b2bId),
    queryFn: ({ signal }) => orNull(callApi(getCounterpartyOperation, { params: { business, b2bId }, signal })),
    enabled: b2bId.trim() !== "",
    staleTime: 60_000,
  });

/** The business on this portal with exactly that B2B ID, or null when it lives elsewhere. */
export const directoryQuery = (business: string, b2bId: string) =>
  queryOptions({
    queryKey: counterpartyKeys.directory(business, b2bId),
    queryFn: ({ signal }) => orNull(callApi(findInDirectoryOperation, { params: { business, b2bId }, signal })),
    enabled: b2bId.trim() !== "",
    staleTime: 60_000,
  });
