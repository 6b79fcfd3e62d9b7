"use client";

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import {
  addMemberOperation,
  changeBusinessOperation,
  changeRoleOperation,
  listMembersOperation,
  removeMemberOperation,
  resetMemberOperation,
} from "@/features/businesses/api";
import { businessKey } from "@/features/businesses/refresh";
import type { RoleName } from "@/features/businesses/rules";
import type { AddMemberInput, BusinessSettingsInput, ResetMemberInput } from "@/features/businesses/schema";
import { invitationsQuery } from "@/features/invitations/client";
import { callApi } from "@/lib/http/client";

const memberKeys = { list: (business: string) => [...businessKey(business), "members"] as const };

export const membersQuery = (business: string) =>
  queryOptions({
    queryKey: memberKeys.list(business),
    queryFn: ({ signal }) => callApi(listMembersOperation, { params: { business }, signal }),
  });

function useRefreshPeopleOnSettle(business: string) {
  const client = useQueryClient();
  const lists = [memberKeys.list(business), invitationsQuery(business).queryKey];
  return {
    // Not waited for: the row that asked may be gone by then, and with it what it still had to say.
    onSettled: () => {
      for (const queryKey of lists) void client.invalidateQueries({ queryKey });
    },
  };
}

export function useAddMember(business: string) {
  return useMutation({
    mutationFn: (body: AddMemberInput) => callApi(addMemberOperation, { params: { business }, body }),
    // What is shown once must not stay in memory after its dialog is gone.
    gcTime: 0,
    ...useRefreshPeopleOnSettle(business),
  });
}

export function useChangeRole(business: string) {
  return useMutation({
    mutationFn: ({ userId, role }: { userId: string; role: RoleName }) =>
      callApi(changeRoleOperation, { params: { business, userId }, body: { role } }),
    ...useRefreshPeopleOnSettle(business),
  });
}

export function useResetMember(business: string) {
  return useMutation({
    mutationFn: ({ userId, ...body }: ResetMemberInput & { userId: string }) =>
      callApi(resetMemberOperation, { params: { business, userId }, body }),
    gcTime: 0,
    ...useRefreshPeopleOnSettle(business),
  });
}

export function useChangeSettings(business: string) {
  return useMutation({
    mutationFn: (body: BusinessSettingsInput) => callApi(changeBusinessOperation, { params: { business }, body }),
  });
}

export function useRemoveMember(business: string) {
  return useMutation({
    mutationFn: (userId: string) => callApi(removeMemberOperation, { params: { business, userId } }),
    ...useRefreshPeopleOnSettle(business),
  });
}
