"use client";

import { useState } from "react";
import { Alert } from "@/components/ui/alert";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { useResetMember } from "@/features/businesses/client";
import type { MemberView } from "@/features/businesses/schema";
import { FirstPassword } from "./first-password";

interface ResetPersonDialogProps {
  business: string;
  member: MemberView;
  onClose: () => void;
}

/** For someone who has forgotten their password, or lost the phone that shows their codes. */
export function ResetPersonDialog({ business, member, onClose }: ResetPersonDialogProps) {
  const reset = useResetMember(business);
  const [removeSecondFactor, setRemoveSecondFactor] = useState(false);
  if (reset.data)
    return (
      <Dialog open onOpenChange={(open) => !open && onClose()}>
        <DialogContent
          title={`${member.name} has a new password`}
          onInteractOutside={(event) => event.preventDefault()}
        >
          <FirstPassword email={member.email} password={reset.data.firstPassword} onDone={onClose} />
        </DialogContent>
      </Dialog>
    );
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Give ${member.name} a new first password?`}
      description="Their old one opens nothing any more, nor do their passkeys, and they are signed out everywhere. Be sure that it was they who asked you."
      confirmLabel="Make a new password"
      loading={reset.isPending}
      onConfirm={() => reset.mutate({ userId: member.userId, removeSecondFactor })}
    >
      <Checkbox
        checked={removeSecondFactor}
        onChange={(event) => setRemoveSecondFactor(event.target.checked)}
        label="They have lost their phone too: take their two-step sign-in away"
      />
      {reset.error && (
        <Alert tone="danger" live className="mt-4">
          {reset.error.message}
        </Alert>
      )}
    </AlertDialog>
  );
}
