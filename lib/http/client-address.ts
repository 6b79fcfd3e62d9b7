import "server-only";
import diagnostics from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { env } from "@/lib/env";
import { ipAllowList, plainAddress } from "@/lib/http/ip-allow-list";

/** Overwritten on every request with the address at the other end of the socket, so a caller can't forge it. */
const PEER_HEADER = "x-chukta-peer";

const held = globalThis as { chuktaStampsPeers?: boolean };

function stamp(message: unknown): void {
  const { request } = message as { request: IncomingMessage };
  request.headers[PEER_HEADER] = request.socket.remoteAddress ?? "";
}

/**
 * Makes the socket's address known to route handlers, which Next.js gives only an `x-forwarded-for` that any caller can write.
 * Called once when the portal starts (instrumentation); Node publishes each request before any handler sees it.
 */
export function stampPeerAddresses(): void {
  if (held.chuktaStampsPeers) return;
  held.chuktaStampsPeers = true;
  diagnostics.subscribe("http.server.request.start", stamp);
}

/** An address in `x-forwarded-for`: some gateways (Azure's, for one) write the port behind it, and brackets around IPv6 then. */
const addressOf = (hop: string): string =>
  plainAddress(hop.trim().replace(/^(\d+(?:\.\d+){3}):\d+$|^\[([\da-f:.]+)\](?::\d+)?$/i, "$1$2"));

/**
 * The address a request came from: the socket's, or, when that is a proxy of ours (TRUSTED_PROXIES), the nearest address in
 * `x-forwarded-for` that isn't. What stands further left in that header is the caller's own writing and is never believed.
 * @param socketAddress at the other end of the socket
 * @returns null when it isn't known.
 */
export function addressBehindProxies(socketAddress: string | undefined, forwardedFor: string | null): string | null {
  let address = plainAddress(socketAddress ?? "");
  if (isIP(address) === 0) return null;
  const isProxy = ipAllowList(env.TRUSTED_PROXIES);
  if (!isProxy(address)) return address;
  const hops = (forwardedFor ?? "").split(",").map(addressOf);
  do {
    const next = hops.pop();
    if (next === undefined || isIP(next) === 0) break;
    address = next;
  } while (isProxy(address));
  return address;
}

/** `addressBehindProxies` of a route handler's request; null where no socket was seen, as in a test. */
export function clientAddress(headers: Headers): string | null {
  if (!held.chuktaStampsPeers) return null;
  return addressBehindProxies(headers.get(PEER_HEADER) ?? "", headers.get("x-forwarded-for"));
}

/**
 * Whom an address stands for where callers are counted: an IPv4 address for itself, an IPv6 one for its /64, of which any one
 * subscriber has all.
 */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = "", tail = ""] = address.split("%")[0]?.split("::") ?? [];
  const [left, right] = [head, tail].map((part) => part.split(":").filter(Boolean));
  const zeros = Array.from({ length: Math.max(0, 8 - (left?.length ?? 0) - (right?.length ?? 0)) }, () => "0");
  const groups = [...(left ?? []), ...zeros, ...(right ?? [])].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(":")}::/64`;
}

/** Carries `clientAddress` to better-auth, which reads an address only from a header. Always overwritten. */
export const CLIENT_HEADER = "x-chukta-client";

/** The same request with the caller's true address in CLIENT_HEADER. */
export function withClientAddress(request: Request): Request {
  const headers = new Headers(request.headers);
  headers.delete(CLIENT_HEADER);
  const address = clientAddress(request.headers);
  if (address) headers.set(CLIENT_HEADER, address);
  return new Request(request, { headers });
}
