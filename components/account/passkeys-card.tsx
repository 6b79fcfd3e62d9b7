"use client";

import { KeyRound } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { usePasskeysHere } from "@/components/auth/use-passkeys-here";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import type { PasskeyView } from "@/features/accounts/data";
import { removePasskey } from "@/lib/passkey-client";
import { formatDate, formatDateTime } from "@/lib/time";
import { AddPasskeyDialog } from "./add-passkey-dialog";
import { PasswordDialog } from "./password-dialog";
import { RenamePasskeyDialog } from "./rename-passkey-dialog";

interface PasskeysCardProps {
  email: string;
  passkeys: readonly PasskeyView[];
  /** Where passkeys hold; null where there can be none. */
  origin: string | null;
  /** Whether both factors have been proven in this session, where there is a passkey. */
  mayChange: boolean;
}

/** The passkeys that one signs in by. */
export function PasskeysCard({ email, passkeys, origin, mayChange }: PasskeysCardProps) {
  const router = useRouter();
  const isHere = usePasskeysHere(origin);
  const [open, setOpen] = useState<"add" | "rename" | "remove" | null>(null);
  // Kept while its window closes, which would else lose its words first.
  const [chosen, setChosen] = useState<PasskeyView | null>(null);
  const close = () => setOpen(null);
  const choose = (what: "rename" | "remove", passkey: PasskeyView) => {
    setChosen(passkey);
    setOpen(what);
  };
  const remove = async (password: string) => {
    await removePasskey(chosen?.id ?? "", password);
    toast.success(`“${chosen?.name}” is removed. You are signed out everywhere else.`);
    close();
    router.refresh();
  };
  if (origin === null && passkeys.length === 0) return null;
  const addButton = isHere && mayChange && (
    <Button variant={passkeys.length === 0 ? "primary" : "secondary"} onClick={() => setOpen("add")}>
      <KeyRound aria-hidden /> Add a passkey
    </Button>
  );
  return (
    <Card aria-labelledby="passkeys">
      <CardHeader
        title={<span id="passkeys">Passkeys</span>}
        description="Sign in by fingerprint, face or PIN, without password and code. A passkey works on this portal alone: no false page can get at it."
      />
      {passkeys.length > 0 && (
        <ul className="mt-3 divide-y divide-line border-line border-t">
          {passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} mayRemove={mayChange} onChoose={choose} />
          ))}
        </ul>
      )}
      {!mayChange && (
        <CardFooter>
          <p className="text-muted">To add or remove one, sign out, and in again with a passkey.</p>
        </CardFooter>
      )}
      {addButton && (passkeys.length > 0 ? <CardFooter>{addButton}</CardFooter> : <CardBody>{addButton}</CardBody>)}
      {!isHere && passkeys.length === 0 && <CardBody>This browser can't use passkeys here.</CardBody>}
      <AddPasskeyDialog email={email} open={open === "add"} onClose={close} />
      <RenamePasskeyDialog passkey={chosen} open={open === "rename"} onClose={close} />
      <PasswordDialog
        open={open === "remove"}
        onClose={close}
        email={email}
        title={`Remove “${chosen?.name}”?`}
        description="It signs nobody in any more, and you are signed out everywhere else. Delete it in the device or password manager that keeps it, too."
        confirmLabel="Remove"
        tone="danger"
        onConfirm={remove}
      />
    </Card>
  );
}

interface PasskeyRowProps {
  passkey: PasskeyView;
  mayRemove: boolean;
  onChoose: (what: "rename" | "remove", passkey: PasskeyView) => void;
}

function PasskeyRow({ passkey, mayRemove, onChoose }: PasskeyRowProps) {
  const { name, addedAt, lastUsedAt } = passkey;
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-3 sm:flex-nowrap sm:items-center sm:px-5">
      <KeyRound aria-hidden className="mt-0.5 size-5 shrink-0 text-muted sm:mt-0" />
      <div className="min-w-0 flex-1">
        <p className="wrap-anywhere font-medium">{name}</p>
        <p className="text-[0.8125rem] text-muted">
          added {formatDate(new Date(addedAt))} ·{" "}
          {lastUsedAt ? `last used ${formatDateTime(new Date(lastUsedAt))}` : "not used yet"}
        </p>
      </div>
      <div className="flex w-full gap-2 pl-8 sm:w-auto sm:pl-0">
        <Button variant="secondary" size="sm" aria-label={`Rename ${name}`} onClick={() => onChoose("rename", passkey)}>
          Rename
        </Button>
        {mayRemove && (
          <Button
            variant="danger-quiet"
            size="sm"
            aria-label={`Remove ${name}`}
            onClick={() => onChoose("remove", passkey)}
          >
            Remove
          </Button>
        )}
      </div>
    </li>
  );
}
