import "server-only";
import diagnostics from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";
import { env } from "@/lib/env";

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

function plain(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address.trim());
  return mapped?.[1] ?? address.trim();
}

const family = (address: string) => (isIP(address) === 6 ? "ipv6" : "ipv4");

/** Whether an address is one of these addresses and ranges (CIDR). */
export function isListed(address: string, list: readonly string[]): boolean {
  if (isIP(address) === 0) return false;
  const block = new BlockList();
  for (const entry of list) {
    const [network = "", bits] = entry.split("/");
    if (bits === undefined) block.addAddress(network, family(network));
    else block.addSubnet(network, Number(bits), family(network));
  }
  return block.check(address, family(address));
}

/**
 * The address a request came from: the socket's, or, when that is a proxy of ours (TRUSTED_PROXIES), the nearest address in
 * `x-forwarded-for` that isn't. What stands further left in that header is the caller's own writing and is never believed.
 * @returns null when it isn't known (no socket, as in a test).
 */
export function clientAddress(headers: Headers): string | null {
  const peer = held.chuktaStampsPeers ? plain(headers.get(PEER_HEADER) ?? "") : "";
  if (isIP(peer) === 0) return null;
  const hops = (headers.get("x-forwarded-for") ?? "").split(",").map(plain);
  let address = peer;
  while (isListed(address, env.TRUSTED_PROXIES)) {
    const next = hops.pop();
    if (next === undefined || isIP(next) === 0) break;
    address = next;
  }
  return address;
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
