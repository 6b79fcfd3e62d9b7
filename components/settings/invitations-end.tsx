"use client";

import { useQuery } from "@tanstack/react-query";
import { Alert } from "@/components/ui/alert";
import type { MemberView } from "@/features/businesses/schema";
import { invitationsQuery } from "@/features/invitations/client";

const LIST = new Intl.ListFormat("en");

interface InvitationsEndProps {
  business: string;
  member: MemberView;
  isYou: boolean;
  className?: string;
}

/** Whose invitations end once the owner who sent them is one no longer. */
export function InvitationsEnd({ business, member, isYou, className }: InvitationsEndProps) {
  const { data } = useQuery(invitationsQuery(business));
  const theirs = data?.invitations.filter(({ inviterId }) => inviterId === member.userId) ?? [];
  if (member.role !== "OWNER" || theirs.length === 0) return null;
  return (
    <Alert tone="warning" title="Invitations end" {...(className && { className })}>
      {isYou ? "You" : member.name} invited {LIST.format(theirs.map(({ email }) => email))}. The code that they were
      told opens nothing then; another owner can give them a new one.
    </Alert>
  );
}
