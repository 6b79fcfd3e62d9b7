import "server-only";
import { isIP } from "node:net";
import { env } from "@/lib/env";

/** Where passkeys of this portal hold (WebAuthn's relying party). */
export interface PasskeyPlace {
  /** The host's name: a passkey is made for it and works nowhere else. */
  rpId: string;
  /** What browsers say they are at: `https://portal.example`. */
  origin: string;
}

/** PUBLIC_URL's; null where it is an IP address, for which no browser makes passkeys. */
export function passkeyPlace(publicUrl: string = env.PUBLIC_URL): PasskeyPlace | null {
  const { hostname, origin } = new URL(publicUrl);
  return isIP(hostname.replace(/^\[|\]$/g, "")) ? null : { rpId: hostname, origin };
}
