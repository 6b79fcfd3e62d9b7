"use client";

import { ShownOnce } from "./shown-once";

interface FirstPasswordProps {
  email: string;
  password: string;
  onDone: () => void;
}

/** How a person who is new to the portal gets in. */
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
        warning="If it is lost, whoever runs this portal can make a new one."
        onDone={onDone}
      />
    </div>
  );
}
