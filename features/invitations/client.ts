"use client";

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { businessKey } from "@/features/businesses/refresh";
import {
  joinBusinessOperation,
  listInvitationsOperation,
  withdrawInvitationOperation,
} from "@/features/invitations/api";
import type { JoinInput } from "@/features/invitations/schema";
import { callApi } from "@/lib/http/client";

const invitationKeys = { list: (business: string) => [...businessKey(business), "invitations"] as const };

export const invitationsQuery = (business: string) =>
  queryOptions({
    queryKey: invitationKeys.list(business),
    queryFn: ({ signal }) => callApi(listInvitationsOperation, { params: { business }, signal }),
  });

export function useWithdrawInvitation(business: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (userId: string) => callApi(withdrawInvitationOperation, { params: { business, userId } }),
    onSettled: () => void client.invalidateQueries({ queryKey: invitationKeys.list(business) }),
  });
}

export function useJoinBusiness(business: string) {
  return useMutation({
    mutationFn: (body: JoinInput) => callApi(joinBusinessOperation, { params: { business }, body }),
  });
}
