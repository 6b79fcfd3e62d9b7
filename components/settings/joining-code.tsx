"use client";

import type { InvitationView } from "@/features/invitations/schema";
import { formatDateTime } from "@/lib/time";
import { ShownOnce } from "./shown-once";

interface JoiningCodeProps {
  invitation: InvitationView;
  code: string;
  onDone: () => void;
}

/** How a person who has an account already gets in. */
export function JoiningCode({ invitation, code, onDone }: JoiningCodeProps) {
  return (
    <div className="flex flex-col gap-3">
      <p>
        <strong>{invitation.email}</strong> has a Chukta account already. Tell the person this code, by telephone or in
        person: so you know that the account is theirs. They sign in as always, open “Your account”, and give it there.
      </p>
      <ShownOnce
        label="Code to join with"
        copyLabel="code"
        value={code}
        warning={`It is good until ${formatDateTime(new Date(invitation.expiresAt))}. If it is lost, make a new one in the list of people.`}
        onDone={onDone}
      />
    </div>
  );
}
