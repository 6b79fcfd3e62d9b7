"use client";

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { createApiKeyOperation, listApiKeysOperation, revokeApiKeyOperation } from "@/features/api-keys/api";
import type { CreateApiKeyInput } from "@/features/api-keys/schema";
import { businessKey } from "@/features/businesses/refresh";
import { callApi } from "@/lib/http/client";

const apiKeyKeys = { list: (business: string) => [...businessKey(business), "api-keys"] as const };

export const apiKeysQuery = (business: string) =>
  queryOptions({
    queryKey: apiKeyKeys.list(business),
    queryFn: ({ signal }) => callApi(listApiKeysOperation, { params: { business }, signal }),
  });

function useRefreshKeysOnSettle(business: string) {
  const client = useQueryClient();
  // Not waited for: what is shown once must not wait for the list, nor be lost with it.
  return { onSettled: () => void client.invalidateQueries({ queryKey: apiKeyKeys.list(business) }) };
}

export function useCreateApiKey(business: string) {
  return useMutation({
    mutationFn: (body: CreateApiKeyInput) => callApi(createApiKeyOperation, { params: { business }, body }),
    // The key's text must not stay in memory after the dialog that shows it is gone.
    gcTime: 0,
    ...useRefreshKeysOnSettle(business),
  });
}

export function useRevokeApiKey(business: string) {
  return useMutation({
    mutationFn: (id: string) => callApi(revokeApiKeyOperation, { params: { business, id } }),
    ...useRefreshKeysOnSettle(business),
  });
}
