import { CloudAlert } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

interface ErrorMessageProps {
  error: unknown;
  retry: () => void;
}

/** What an error page says. The reference is the one that the server's log has. */
export function ErrorMessage({ error, retry }: ErrorMessageProps) {
  const reference = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <EmptyState
      icon={<CloudAlert />}
      title={<h1>This page could not be shown</h1>}
      actions={<Button onClick={retry}>Try again</Button>}
    >
      <p>Something went wrong on our side. Trying again is safe: nothing is ever paid or confirmed twice.</p>
      {reference && <p className="mt-2 font-mono text-xs">Reference {reference}</p>}
    </EmptyState>
  );
}
