"use client";

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { type ActivityQueryInput, exportActivityOperation, listActivityOperation } from "@/features/activity/api";
import { businessKey } from "@/features/businesses/refresh";
import { callApi, operationUrl } from "@/lib/http/client";
import type { TableFormat } from "@/lib/http/list-query";

const activityKeys = {
  list: (business: string, query: ActivityQueryInput) => [...businessKey(business), "activity", query] as const,
};

/** What was done; asked for again every half minute while it is looked at. */
export const activityQuery = (business: string, query: ActivityQueryInput) =>
  queryOptions({
    queryKey: activityKeys.list(business, query),
    queryFn: ({ signal }) => callApi(listActivityOperation, { params: { business }, query, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });

/** Where the filtered list is downloaded from, by the kind of file: for links. The page's cursor and limit don't matter to it. */
export const activityExportUrl =
  (business: string, { cursor: _c, limit: _l, ...filters }: ActivityQueryInput) =>
  (format: TableFormat): string =>
    operationUrl(exportActivityOperation, { business }, { ...filters, format });
