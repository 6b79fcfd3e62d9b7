"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { beginSecondFactor, type SecondFactorSetup } from "@/lib/auth-client";
import { PasswordForm } from "./password-form";
import { RecoveryCodes } from "./recovery-codes";
import { ScanStep } from "./scan-step";

interface SetUpDialogProps {
  email: string;
  open: boolean;
  onClose: () => void;
}

const stay = { onInteractOutside: (event: Event) => event.preventDefault() };

/** Sets up the second step: the password, then the app, then the recovery codes. Closed half-way, nothing has changed. */
export function SetUpDialog({ email, open, onClose }: SetUpDialogProps) {
  const router = useRouter();
  const [setup, setSetup] = useState<SecondFactorSetup | null>(null);
  const [isOn, setIsOn] = useState(false);
  const close = () => {
    onClose();
    setSetup(null);
    setIsOn(false);
    if (isOn) router.refresh();
  };
  return (
    <Dialog open={open} onOpenChange={(next) => !next && close()}>
      {!setup && (
        <DialogContent
          title="Set up two-step sign-in"
          description="First your password, so that it is you who does this."
        >
          <PasswordForm
            email={email}
            confirmLabel="Continue"
            onConfirm={async (password) => setSetup(await beginSecondFactor(password))}
          />
        </DialogContent>
      )}
      {setup && !isOn && (
        <DialogContent title="Add Chukta to your authenticator app" {...stay}>
          <ScanStep totpURI={setup.totpURI} onDone={() => setIsOn(true)} />
        </DialogContent>
      )}
      {setup && isOn && (
        <DialogContent title="Two-step sign-in is on" {...stay}>
          <RecoveryCodes codes={setup.backupCodes} onDone={close} />
        </DialogContent>
      )}
    </Dialog>
  );
}
