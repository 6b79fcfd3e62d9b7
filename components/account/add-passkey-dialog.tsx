"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { Alert } from "@/components/ui/alert";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { browserWords } from "@/features/accounts/rules";
import { ProblemError } from "@/lib/http/client";
import { addPasskey, beginPasskey, type PasskeyOptions } from "@/lib/passkey-client";
import { PasskeyNameForm } from "./passkey-name-form";
import { PasswordForm } from "./password-form";
import { useUnderWay } from "./use-under-way";

interface AddPasskeyDialogProps {
  email: string;
  open: boolean;
  onClose: () => void;
}

/** Adds a passkey: the password, then its name, then the browser's own window. Closed half-way, nothing has changed. */
export function AddPasskeyDialog({ email, open, onClose }: AddPasskeyDialogProps) {
  const router = useRouter();
  const [options, setOptions] = useState<PasskeyOptions | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const { isUnderWay, during } = useUnderWay();
  const end = () => {
    onClose();
    setOptions(null);
    setProblem(null);
  };
  const begin = (password: string) =>
    during(async () => {
      setProblem(null);
      setOptions(await beginPasskey(password));
    });
  const make = (name: string) =>
    during(async () => {
      if (!options) return null;
      try {
        if (!(await addPasskey(options, name))) return "No passkey was made. Try again.";
      } catch (error) {
        // What the portal refused can't be sent again: it begins anew.
        if (!(error instanceof ProblemError) || error.status === 0) throw error;
        setOptions(null);
        setProblem(error.message);
        return null;
      }
      toast.success(`“${name}” signs you in from now on. You are signed out everywhere else.`);
      end();
      router.refresh();
      return null;
    });
  const step = options
    ? {
        title: "Name it and create it",
        description: "Your browser then asks where to keep it, and for your fingerprint, face or PIN.",
      }
    : { title: "Add a passkey", description: "First your password, so that it is you who does this." };
  return (
    <Dialog open={open} onOpenChange={(next) => !next && !isUnderWay && end()}>
      <DialogContent {...step} onInteractOutside={(event) => options && event.preventDefault()}>
        {problem && (
          <Alert tone="danger" live className="mb-4">
            {problem}
          </Alert>
        )}
        {options ? (
          <PasskeyNameForm name={browserWords(navigator.userAgent)} confirmLabel="Create passkey" onName={make} />
        ) : (
          <PasswordForm email={email} confirmLabel="Continue" onConfirm={begin} />
        )}
      </DialogContent>
    </Dialog>
  );
}
