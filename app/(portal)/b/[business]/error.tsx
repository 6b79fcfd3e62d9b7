"use client";

import { ErrorMessage } from "@/components/shell/error-message";

/** Within the portal's shell, so that the way to every other page stays. */
export default function BusinessPageError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorMessage error={error} retry={retry} />;
}
