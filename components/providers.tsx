"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import { makeQueryClient } from "./query-client";
import { Toaster } from "./ui/toaster";
import { TooltipProvider } from "./ui/tooltip";

declare global {
  interface Window {
    __webpack_nonce__?: string;
  }
}

/** What every page lives in. `nonce` is the one of the document's Content-Security-Policy. */
export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient);
  // A later refresh of the layout brings another request's nonce, while the document keeps its first one.
  const [documentNonce] = useState(nonce);
  // Radix locks scrolling behind a dialog with a <style> of its own, and looks here for the nonce to give it.
  if (typeof window !== "undefined" && documentNonce) window.__webpack_nonce__ = documentNonce;

  return (
    <QueryClientProvider client={queryClient}>
      <NuqsAdapter>
        <ThemeProvider attribute="class" disableTransitionOnChange {...(documentNonce ? { nonce: documentNonce } : {})}>
          <TooltipProvider delayDuration={300}>{children}</TooltipProvider>
          <Toaster />
        </ThemeProvider>
      </NuqsAdapter>
    </QueryClientProvider>
  );
}
