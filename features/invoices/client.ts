"use client";

import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { businessKey, useRefreshOnSettle } from "@/features/businesses/refresh";
import { listAlikeInvoicesOperation } from "@/features/invoices/alike-api";
import {
  answerInvoiceOperation,
  cancelInvoiceOperation,
  createInvoiceOperation,
  editInvoiceOperation,
  exportInvoicesOperation,
  getInvoiceOperation,
  listInvoicesOperation,
  putBackInvoiceOperation,
} from "@/features/invoices/api";
import type {
  createInvoiceSchema,
  editInvoiceSchema,
  InvoiceAnswer,
  InvoiceQueryInput,
} from "@/features/invoices/schema";
import { callApi, operationUrl } from "@/lib/http/client";
import type { TableFormat } from "@/lib/http/list-query";

const invoiceKeys = {
  all: (business: string) => [...businessKey(business), "invoices"] as const,
  list: (business: string, query: InvoiceQueryInput) => [...invoiceKeys.all(business), "list", query] as const,
  detail: (business: string, id: string) => [...invoiceKeys.all(business), "detail", id] as const,
};

export const invoicesQuery = (business: string, query: InvoiceQueryInput) =>
  queryOptions({
    queryKey: invoiceKeys.list(business, query),
    queryFn: ({ signal }) => callApi(listInvoicesOperation, { params: { business }, query, signal }),
    placeholderData: keepPreviousData,
  });

export const invoiceQuery = (business: string, id: string) =>
  queryOptions({
    queryKey: invoiceKeys.detail(business, id),
    queryFn: ({ signal }) => callApi(getInvoiceOperation, { params: { business, id }, signal }),
  });

/** Others that may be the same paper invoices as these, by these. Asked for only where it is shown: it goes through all of a party's. */
export const alikeQuery = (business: string, ids: readonly string[]) =>
  queryOptions({
    queryKey: [...invoiceKeys.all(business), "alike", [...ids].sort()],
    queryFn: ({ signal }) =>
      callApi(listAlikeInvoicesOperation, { params: { business }, query: { id: [...ids] }, signal }),
    enabled: ids.length > 0,
    staleTime: 30_000,
  });

/** Where the filtered list is downloaded from, by the kind of file: for links. The page's cursor and limit don't matter to it. */
export const invoicesExportUrl =
  (business: string, { cursor: _c, limit: _l, ...filters }: InvoiceQueryInput) =>
  (format: TableFormat): string =>
    operationUrl(exportInvoicesOperation, { business }, { ...filters, format });

/** Repeating it with the same `objectId` is safe: one invoice. Where no answer comes in time it may have been made. */
export function useCreateInvoice(business: string) {
  return useMutation({
    mutationFn: (body: z.input<typeof createInvoiceSchema>) =>
      callApi(createInvoiceOperation, { params: { business }, body }),
    ...useRefreshOnSettle(business),
  });
}

export function useEditInvoice(business: string, id: string) {
  return useMutation({
    mutationFn: (body: z.input<typeof editInvoiceSchema>) =>
      callApi(editInvoiceOperation, { params: { business, id }, body }),
    ...useRefreshOnSettle(business),
  });
}

/** Reads an invoice as it is at that moment, whatever was read before. */
export function useLatestInvoice(business: string, id: string) {
  const client = useQueryClient();
  return () => client.fetchQuery({ ...invoiceQuery(business, id), staleTime: 0 });
}

export function useCancelInvoice(business: string, id: string) {
  return useMutation({
    mutationFn: () => callApi(cancelInvoiceOperation, { params: { business, id } }),
    ...useRefreshOnSettle(business),
  });
}

/** Repeating it with the same answer and version is safe. */
export function useAnswerInvoice(business: string, id: string) {
  return useMutation({
    mutationFn: (body: InvoiceAnswer) => callApi(answerInvoiceOperation, { params: { business, id }, body }),
    ...useRefreshOnSettle(business),
  });
}

export function usePutBackInvoice(business: string, id: string) {
  return useMutation({
    mutationFn: (version: number) => callApi(putBackInvoiceOperation, { params: { business, id }, body: { version } }),
    ...useRefreshOnSettle(business),
  });
}
