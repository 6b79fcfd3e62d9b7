"use client";

import { useState } from "react";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { CreateKeyForm } from "./create-key-form";
import { ShownOnce } from "./shown-once";

interface CreateKeyDialogProps {
  business: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function CreateKeyDialog({ business, open, onOpenChange }: CreateKeyDialogProps) {
  const [keyText, setKeyText] = useState<string | null>(null);
  // A window that is closed now would never show what is on its way, and is shown once.
  const [isSending, setSending] = useState(false);
  const close = () => {
    if (isSending) return;
    onOpenChange(false);
    setKeyText(null);
  };
  return (
    <Dialog open={open} onOpenChange={(next) => (next ? onOpenChange(true) : close())}>
      {keyText ? (
        <DialogContent
          title="Your new API key"
          // A click beside the window must not throw away what is shown only once.
          onInteractOutside={(event) => event.preventDefault()}
        >
          <ShownOnce
            label="API key"
            copyLabel="API key"
            value={keyText}
            warning="Only its last four characters are kept for you to see. If it is lost, revoke it and create another."
            onDone={close}
          />
        </DialogContent>
      ) : (
        <DialogContent
          title="Create an API key"
          description="It acts for this business with the rights of the finance role."
        >
          <CreateKeyForm business={business} onCreated={setKeyText} onSending={setSending} />
        </DialogContent>
      )}
    </Dialog>
  );
}
