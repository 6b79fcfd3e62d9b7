"use client";

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import {
  type CounterpartyQueryInput,
  type DirectoryEntry,
  findInDirectoryOperation,
  getCounterpartyOperation,
  listCounterpartiesOperation,
} from "@/features/counterparties/api";
import { businessKey } from "@/features/invoices/client";
import type { InvoiceSideName } from "@/features/invoices/schema";
import { callApi, ProblemError } from "@/lib/http/client";

export const counterpartyKeys = {
  all: (business: string) => [...businessKey(business), "counterparties"] as const,
  list: (business: string, query: CounterpartyQueryInput) =>
    [...counterpartyKeys.all(business), "list", query] as const,
  detail: (business: string, b2bId: string, side: InvoiceSideName) =>
    [...counterpartyKeys.all(business), "detail", b2bId, side] as const,
  directory: (business: string, b2bId: string) => [...businessKey(business), "directory", b2bId] as const,
};

export const counterpartiesQuery = (business: string, query: CounterpartyQueryInput) =>
  queryOptions({
    queryKey: counterpartyKeys.list(business, query),
    queryFn: ({ signal }) => callApi(listCounterpartiesOperation, { params: { business }, query, signal }),
    placeholderData: keepPreviousData,
  });

export const counterpartyQuery = (business: string, b2bId: string, side: InvoiceSideName) =>
  queryOptions({
    queryKey: counterpartyKeys.detail(business, b2bId, side),
    queryFn: ({ signal }) =>
      callApi(getCounterpartyOperation, { params: { business, b2bId }, query: { side }, signal }),
  });

/** The business on this portal with exactly that B2B ID, or null when it lives elsewhere. */
export const directoryQuery = (business: string, b2bId: string) =>
  queryOptions({
    queryKey: counterpartyKeys.directory(business, b2bId),
    queryFn: async ({ signal }): Promise<DirectoryEntry | null> => {
      try {
        return await callApi(findInDirectoryOperation, { params: { business, b2bId }, signal });
      } catch (error) {
        if (error instanceof ProblemError && error.status === 404) return null;
        throw error;
      }
    },
    enabled: b2bId.trim() !== "",
    staleTime: 60_000,
  });
