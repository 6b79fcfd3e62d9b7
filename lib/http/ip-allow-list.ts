import { BlockList, isIP } from "node:net";

/** Says whether an address is on the list. */
export type IpAllowList = (address: string) => boolean;

const made = new WeakMap<readonly string[], IpAllowList>();

const MAPPED_V4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** An IPv4 address that a dual-stack socket shows as IPv6 (`::ffff:192.0.2.1`) is the IPv4 address. */
export function plainAddress(address: string): string {
  const withoutZone = address.trim().replace(/%.*$/, "");
  return MAPPED_V4.exec(withoutZone)?.[1] ?? withoutZone;
}

/**
 * An allow-list of single addresses and networks (`192.0.2.7`, `10.0.0.0/8`, `2001:db8::/32`).
 * @throws Error naming the first entry that is neither: a list that is half read would let nobody, or everybody, in.
 * The same array gives the same list, made once.
 */
export function ipAllowList(entries: readonly string[]): IpAllowList {
  const known = made.get(entries);
  if (known) return known;
  const allowList = build(entries);
  made.set(entries, allowList);
  return allowList;
}

function build(entries: readonly string[]): IpAllowList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = "", prefix, ...rest] = entry.split("/");
    const host = plainAddress(address);
    const version = isIP(host);
    const width = version === 4 ? 32 : 128;
    const bits = prefix === undefined ? width : Number(prefix);
    const wellFormed = prefix === undefined || /^\d{1,3}$/.test(prefix);
    if (version === 0 || rest.length > 0 || !wellFormed || bits > width) {
      throw new Error(`"${entry}" is neither an IP address nor a network such as 10.0.0.0/8`);
    }
    list.addSubnet(host, bits, version === 4 ? "ipv4" : "ipv6");
  }
  return (address) => {
    const host = plainAddress(address);
    const version = isIP(host);
    return version !== 0 && list.check(host, version === 4 ? "ipv4" : "ipv6");
  };
}
