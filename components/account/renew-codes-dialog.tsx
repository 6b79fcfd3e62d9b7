"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { renewRecoveryCodes } from "@/lib/auth-client";
import { PasswordForm } from "./password-form";
import { RecoveryCodes } from "./recovery-codes";
import { useUnderWay } from "./use-under-way";

interface RenewCodesDialogProps {
  email: string;
  open: boolean;
  onClose: () => void;
}

/** Ten new recovery codes in place of the old. */
export function RenewCodesDialog({ email, open, onClose }: RenewCodesDialogProps) {
  const router = useRouter();
  const [codes, setCodes] = useState<string[] | null>(null);
  const { isUnderWay, during } = useUnderWay();
  const close = () => {
    if (isUnderWay) return;
    onClose();
    setCodes(null);
    if (codes) router.refresh();
  };
  return (
    <Dialog open={open} onOpenChange={(next) => !next && close()}>
      {codes ? (
        <DialogContent title="New recovery codes" onInteractOutside={(event) => event.preventDefault()}>
          <RecoveryCodes codes={codes} onDone={close} />
        </DialogContent>
      ) : (
        <DialogContent title="Make new recovery codes?" description="The ones you have now become void at once.">
          <PasswordForm
            email={email}
            confirmLabel="Make new codes"
            onConfirm={(password) => during(async () => setCodes(await renewRecoveryCodes(password)))}
          />
        </DialogContent>
      )}
    </Dialog>
  );
}
