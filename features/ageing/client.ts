"use client";

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { exportAgeingOperation, getAgeingOperation } from "@/features/ageing/api";
import type { AgeingQueryInput } from "@/features/ageing/schema";
import { businessKey } from "@/features/businesses/refresh";
import { callApi, operationUrl } from "@/lib/http/client";

export const ageingQuery = (business: string, query: AgeingQueryInput) =>
  queryOptions({
    queryKey: [...businessKey(business), "ageing", query],
    queryFn: ({ signal }) => callApi(getAgeingOperation, { params: { business }, query, signal }),
    placeholderData: keepPreviousData,
  });

/** Where it is downloaded from as CSV: for a link. */
export function ageingExportUrl(business: string, { cursor: _c, limit: _l, ...filters }: AgeingQueryInput): string {
  return operationUrl(exportAgeingOperation, { business }, filters);
}
