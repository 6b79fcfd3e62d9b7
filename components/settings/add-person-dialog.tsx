"use client";

import { useState } from "react";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import type { AddedMember } from "@/features/businesses/schema";
import { AddPersonForm } from "./add-person-form";
import { FirstPassword } from "./first-password";
import { JoiningCode } from "./joining-code";

interface AddPersonDialogProps {
  business: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function AddPersonDialog({ business, open, onOpenChange }: AddPersonDialogProps) {
  const [added, setAdded] = useState<AddedMember | null>(null);
  // A window that is closed now would never show what is on its way, and is shown once.
  const [isSending, setSending] = useState(false);
  const close = () => {
    if (isSending) return;
    onOpenChange(false);
    setAdded(null);
  };
  return (
    <Dialog open={open} onOpenChange={(next) => (next ? onOpenChange(true) : close())}>
      {added ? (
        <DialogContent
          title={
            added.outcome === "ADDED" ? `${added.member.name} can sign in` : `${added.invitation.email} is invited`
          }
          // A click beside the window must not throw away what is shown only once.
          onInteractOutside={(event) => event.preventDefault()}
        >
          {added.outcome === "ADDED" ? (
            <FirstPassword email={added.member.email} password={added.firstPassword} onDone={close} />
          ) : (
            <JoiningCode invitation={added.invitation} code={added.joiningCode} onDone={close} />
          )}
        </DialogContent>
      ) : (
        <DialogContent title="Add a person" description="They sign in with their own e-mail address and password.">
          <AddPersonForm business={business} onAdded={setAdded} onSending={setSending} />
        </DialogContent>
      )}
    </Dialog>
  );
}
