"use client";

import { toast } from "sonner";
import { Alert } from "@/components/ui/alert";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { useRemoveMember } from "@/features/businesses/client";
import type { MemberView } from "@/features/businesses/schema";

interface RemovePersonDialogProps {
  business: string;
  member: MemberView;
  isYou: boolean;
  onClose: () => void;
}

export function RemovePersonDialog({ business, member, isYou, onClose }: RemovePersonDialogProps) {
  const remove = useRemoveMember(business);
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
      {remove.error && (
        <Alert tone="danger" live>
          {remove.error.message}
        </Alert>
      )}
    </AlertDialog>
  );
}
