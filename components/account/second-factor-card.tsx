"use client";

import { ShieldCheck } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { removeSecondFactor } from "@/lib/auth-client";
import { PasswordDialog } from "./password-dialog";
import { RenewCodesDialog } from "./renew-codes-dialog";
import { SetUpDialog } from "./set-up-dialog";

interface SecondFactorCardProps {
  email: string;
  /** How many recovery codes are left; null when the second step is off. */
  recoveryCodes: number | null;
  /** Whether both factors have been proven in this session, where there is a passkey. */
  mayChange: boolean;
}

const LOW = 3;

/** Whether signing in takes a code besides the password. */
export function SecondFactorCard({ email, recoveryCodes, mayChange }: SecondFactorCardProps) {
  const router = useRouter();
  const [open, setOpen] = useState<"set-up" | "renew" | "remove" | null>(null);
  const close = () => setOpen(null);
  const isOn = recoveryCodes !== null;
  const remove = async (password: string) => {
    await removeSecondFactor(password);
    toast.success("Two-step sign-in is off. You are signed out everywhere else.");
    close();
    router.refresh();
  };
  return (
    <Card aria-labelledby="second-factor">
      <CardHeader
        title={
          <span id="second-factor" className="flex items-center gap-2">
            Two-step sign-in{" "}
            {isOn ? (
              <Badge tone="success" icon={<ShieldCheck aria-hidden />}>
                On
              </Badge>
            ) : (
              <Badge>Off</Badge>
            )}
          </span>
        }
        description="Besides the password, a code from an app on your phone: a stolen password alone opens nothing."
      />
      <CardBody className="flex flex-wrap items-center justify-between gap-3">
        {isOn ? (
          <>
            <p className={recoveryCodes <= LOW ? "text-warning-ink" : undefined}>
              {recoveryCodes} of 10 recovery codes left, for when the phone is lost.
            </p>
            <div className="flex flex-wrap gap-2">
              <Button variant="secondary" onClick={() => setOpen("renew")}>
                New recovery codes
              </Button>
              <Button variant="danger-quiet" onClick={() => setOpen("remove")}>
                Turn off
              </Button>
            </div>
          </>
        ) : mayChange ? (
          <Button variant="primary" onClick={() => setOpen("set-up")}>
            <ShieldCheck aria-hidden /> Set up
          </Button>
        ) : (
          <p className="text-muted">To set it up, sign out, and in again with your passkey.</p>
        )}
      </CardBody>
      <SetUpDialog email={email} open={open === "set-up"} onClose={close} />
      <RenewCodesDialog email={email} open={open === "renew"} onClose={close} />
      <PasswordDialog
        open={open === "remove"}
        onClose={close}
        email={email}
        title="Turn off two-step sign-in?"
        description="Then the password alone signs in. The recovery codes become void."
        confirmLabel="Turn off"
        tone="danger"
        onConfirm={remove}
      />
    </Card>
  );
}
