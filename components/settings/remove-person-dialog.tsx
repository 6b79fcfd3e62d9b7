"use client";

import { useQuery } from "@tanstack/react-query";
import { toast } from "sonner";
import { Alert } from "@/components/ui/alert";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { apiKeysQuery } from "@/features/api-keys/client";
import { useRemoveMember } from "@/features/businesses/client";
import type { MemberView } from "@/features/businesses/schema";
import { InvitationsEnd } from "./invitations-end";

const LIST = new Intl.ListFormat("en");

interface RemovePersonDialogProps {
  business: string;
  member: MemberView;
  isYou: boolean;
  onClose: () => void;
}

export function RemovePersonDialog({ business, member, isYou, onClose }: RemovePersonDialogProps) {
  const remove = useRemoveMember(business);
  const { data: keys } = useQuery(apiKeysQuery(business));
  const theirs = keys?.apiKeys.filter((key) => !key.revokedAt && key.createdBy === member.name) ?? [];
  const done = () => {
    toast.success(`${member.name} is no longer in this business.`);
    onClose();
    if (isYou) window.location.assign("/");
  };
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={isYou ? "Leave this business?" : `Remove ${member.name}?`}
      description={
        isYou
          ? "You will not see this business any more. An owner can add you again."
          : "They will not see this business any more, from now on. What they did stays in the records. You can add them again."
      }
      confirmLabel={isYou ? "Leave" : "Remove"}
      tone="danger"
      loading={remove.isPending}
      onConfirm={() => remove.mutate(member.userId, { onSuccess: done })}
    >
      {theirs.length > 0 && (
        <Alert tone="warning" title="API keys go on working" className="mb-4">
          {isYou ? "You" : member.name} made {LIST.format(theirs.map((key) => `“${key.name}”`))}. Whoever has copied a
          key can pay and confirm with it: revoke it under API keys, and give your software another.
        </Alert>
      )}
      <InvitationsEnd business={business} member={member} isYou={isYou} className="mb-4" />
      {remove.error && (
        <Alert tone="danger" live>
          {remove.error.message}
        </Alert>
      )}
    </AlertDialog>
  );
}
