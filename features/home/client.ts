"use client";

import { queryOptions } from "@tanstack/react-query";
import { businessKey } from "@/features/businesses/refresh";
import { getHomeOperation } from "@/features/home/api";
import { callApi } from "@/lib/http/client";

const homeKeys = { figures: (business: string) => [...businessKey(business), "home"] as const };

/** What needs doing now; asked for again every half minute while the page is looked at. */
export const homeQuery = (business: string) =>
  queryOptions({
    queryKey: homeKeys.figures(business),
    queryFn: ({ signal }) => callApi(getHomeOperation, { params: { business }, signal }),
    refetchInterval: 30_000,
  });
