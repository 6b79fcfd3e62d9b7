"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { beginSecondFactor, giveCode, type SecondFactorSetup } from "@/lib/auth-client";
import { PasswordForm } from "./password-form";
import { RecoveryCodes } from "./recovery-codes";
import { ScanStep } from "./scan-step";
import { useUnderWay } from "./use-under-way";

interface SetUpDialogProps {
  email: string;
  open: boolean;
  onClose: () => void;
}

/** Sets up the second step: the password, then the app, then the recovery codes. Closed half-way, nothing has changed. */
export function SetUpDialog({ email, open, onClose }: SetUpDialogProps) {
  const router = useRouter();
  const [setup, setSetup] = useState<SecondFactorSetup | null>(null);
  const [isOn, setIsOn] = useState(false);
  const { isUnderWay, during } = useUnderWay();
  const close = () => {
    if (isUnderWay) return;
    onClose();
    setSetup(null);
    setIsOn(false);
    if (isOn) router.refresh();
  };
  const begin = (password: string) => during(async () => setSetup(await beginSecondFactor(password)));
  const turnOn = (code: string) =>
    during(async () => {
      await giveCode(code);
      setIsOn(true);
    });
  const step = !setup
    ? { title: "Set up two-step sign-in", description: "First your password, so that it is you who does this." }
    : { title: isOn ? "Two-step sign-in is on" : "Add Chukta to your authenticator app" };
  return (
    <Dialog open={open} onOpenChange={(next) => !next && close()}>
      <DialogContent {...step} onInteractOutside={(event) => setup && event.preventDefault()}>
        {!setup && <PasswordForm email={email} confirmLabel="Continue" onConfirm={begin} />}
        {setup && !isOn && <ScanStep totpURI={setup.totpURI} onCode={turnOn} />}
        {setup && isOn && <RecoveryCodes codes={setup.backupCodes} onDone={close} />}
      </DialogContent>
    </Dialog>
  );
}
