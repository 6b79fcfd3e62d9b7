"use client";

import { ErrorMessage } from "@/components/shell/error-message";
import { PlainShell } from "@/components/shell/plain-shell";

export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <PlainShell>
      <ErrorMessage error={error} retry={retry} />
    </PlainShell>
  );
}
