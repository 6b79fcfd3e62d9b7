"use client";

import { ErrorMessage } from "@/components/shell/error-message";
import "./globals.css";

/** Stands in for the whole document when the root layout itself fails: no providers, no theme but the light one. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en-IN">
      <head>
        <title>Chukta</title>
      </head>
      <body className="flex min-h-dvh items-center justify-center font-sans">
        <main>
          <ErrorMessage error={error} retry={retry} />
        </main>
      </body>
    </html>
  );
}
