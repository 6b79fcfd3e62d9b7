"use client";

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { businessKey } from "@/features/businesses/refresh";
import { exportLedgerOperation, getLedgerOperation } from "@/features/ledger/api";
import type { LedgerQueryInput } from "@/features/ledger/schema";
import { callApi, operationUrl } from "@/lib/http/client";
import type { TableFormat } from "@/lib/http/list-query";

export const ledgerQuery = (business: string, b2bId: string, query: LedgerQueryInput) =>
  queryOptions({
    queryKey: [...businessKey(business), "ledger", b2bId, query],
    queryFn: ({ signal }) => callApi(getLedgerOperation, { params: { business, b2bId }, query, signal }),
    placeholderData: keepPreviousData,
  });

/** Where it is downloaded from, by the kind of file: for links. */
export const ledgerExportUrl =
  (business: string, b2bId: string, { cursor: _c, limit: _l, ...filters }: LedgerQueryInput) =>
  (format: TableFormat): string =>
    operationUrl(exportLedgerOperation, { business, b2bId }, { ...filters, format });
