"use client";

import { ShownOnce } from "./shown-once";

interface FirstPasswordProps {
  email: string;
  password: string;
  onDone: () => void;
}

/** How a person gets in who is new to the portal, or has forgotten their password. */
export function FirstPassword({ email, password, onDone }: FirstPasswordProps) {
  return (
    <div className="flex flex-col gap-3">
      <p>
        Give them this password, by telephone or in person. They sign in with <strong>{email}</strong> and choose a
        password of their own at once.
      </p>
      <ShownOnce
        label="First password"
        copyLabel="password"
        value={password}
        warning="If it is lost, make a new one in the list of people."
        onDone={onDone}
      />
    </div>
  );
}
