"use client";

import { KeyRound } from "lucide-react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { usePasskeySignIn } from "./use-passkey-sign-in";
import { usePasskeysHere } from "./use-passkeys-here";

interface PasskeySignInProps {
  /** Where to go on to: a path of this portal. */
  next: string;
  /** Where passkeys hold; null where there can be none. */
  origin: string | null;
}

/** Under the password's form: in by fingerprint, face or PIN, without an e-mail address. */
export function PasskeySignIn({ next, origin }: PasskeySignInProps) {
  const isHere = usePasskeysHere(origin);
  const { ask, isAsking, problem } = usePasskeySignIn(next, isHere);
  if (!isHere) return null;
  return (
    <div className="-mt-2 flex flex-col gap-4">
      <Button variant="secondary" size="lg" onClick={ask} loading={isAsking}>
        <KeyRound aria-hidden /> Sign in with a passkey
      </Button>
      {problem && (
        <Alert tone={problem.tone} live>
          {problem.words}
        </Alert>
      )}
    </div>
  );
}
