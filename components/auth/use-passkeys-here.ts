"use client";

import { useHydrated } from "@/components/ui/use-hydrated";

/**
 * Whether this browser can use passkeys of the portal: it knows them, and is at the address that they are made for.
 * @param origin the portal's own; null where there can be none
 */
export function usePasskeysHere(origin: string | null): boolean {
  const isHydrated = useHydrated();
  if (origin === null) return false;
  // Nearly every browser does, so that is what the server takes it for.
  return !isHydrated || (window.location.origin === origin && "PublicKeyCredential" in window);
}
