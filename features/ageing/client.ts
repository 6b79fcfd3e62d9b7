"use client";

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { exportAgeingOperation, getAgeingOperation } from "@/features/ageing/api";
import type { AgeingQueryInput } from "@/features/ageing/schema";
import { businessKey } from "@/features/businesses/refresh";
import { callApi, operationUrl } from "@/lib/http/client";
import type { TableFormat } from "@/lib/http/list-query";

export const ageingQuery = (business: string, query: AgeingQueryInput) =>
  queryOptions({
    queryKey: [...businessKey(business), "ageing", query],
    queryFn: ({ signal }) => callApi(getAgeingOperation, { params: { business }, query, signal }),
    placeholderData: keepPreviousData,
  });

/** Where it is downloaded from, by the kind of file: for links. */
export const ageingExportUrl =
  (business: string, { cursor: _c, limit: _l, ...filters }: AgeingQueryInput) =>
  (format: TableFormat): string =>
    operationUrl(exportAgeingOperation, { business }, { ...filters, format });
