// Random bytes for many ids at a time: asking for each id's own costs more than all the rest of it.
const RANDOM_BYTES = 10;
const random = new Uint8Array(128 * RANDOM_BYTES);
let used = random.length;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** A UUIDv7 in groups of hex digits: 48 bits of milliseconds, then random, so that ids sort by the time they were made. */
function uuidv7Parts(now: number = Date.now()): [string, string, string, string, string] {
  if (used === random.length) {
    crypto.getRandomValues(random);
    used = 0;
  }
  const byte = (index: number) => random[used + index] ?? 0;
  const hex = (index: number) => HEX[byte(index)] ?? "";
  const time = now.toString(16).padStart(12, "0");
  const version = `${HEX[0x70 | (byte(0) & 0x0f)]}${hex(1)}`;
  const variant = `${HEX[0x80 | (byte(2) & 0x3f)]}${hex(3)}`;
  const rest = hex(4) + hex(5) + hex(6) + hex(7) + hex(8) + hex(9);
  used += RANDOM_BYTES;
  return [time.slice(0, 8), time.slice(8), version, variant, rest];
}

/** A UUIDv7 in its usual form. */
export function uuidv7(now?: number): string {
  return uuidv7Parts(now).join("-");
}

/** A payment's `objectId`: `PMT` and 32 hex digits (protocol.md). Minted by whoever opens the form, sent again on every retry. */
export function mintPaymentObjectId(): string {
  return `PMT${uuidv7Parts().join("")}`;
}

/** An invoice's `objectId`: `INV` and 32 hex digits (protocol.md). */
export function mintInvoiceObjectId(): string {
  return `INV${uuidv7Parts().join("")}`;
}

/** The `reqMsgId` that the receiver of a request mints and returns in its ack (protocol.md). */
export function mintReqMsgId(): string {
  return `REQ${uuidv7Parts().join("")}`;
}
