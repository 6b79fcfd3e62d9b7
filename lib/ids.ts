// Random bytes for many ids at a time: asking for each id's own costs more than all the rest of it.
const RANDOM_BYTES = 8;
const random = new Uint8Array(128 * RANDOM_BYTES);
let used = random.length;

const HEX = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, "0"));
const hex = (value: number): string => HEX[value] ?? "";
const byte = (index: number): number => random[index] ?? 0;

/** A counter in the 12 bits after the time, so that ids of one millisecond sort in the order of their making (but for where it wraps). */
let made = 0;

/**
 * A UUIDv7: 48 bits of milliseconds, a count, then random, so that the ids of one process sort in the order of their making.
 * @param dash stands between its groups of hex digits
 */
function uuidv7With(dash: string, now: number): string {
  if (used === random.length) {
    crypto.getRandomValues(random);
    used = 0;
  }
  const at = used;
  used += RANDOM_BYTES;
  const time = now.toString(16).padStart(12, "0");
  const count = made;
  made = (made + 1) & 0xfff;
  const version = hex(0x70 | (count >> 8)) + hex(count & 0xff);
  const variant = hex(0x80 | (byte(at) & 0x3f)) + hex(byte(at + 1));
  let rest = "";
  for (let i = 2; i < RANDOM_BYTES; i++) rest += hex(byte(at + i));
  return `${time.slice(0, 8)}${dash}${time.slice(8)}${dash}${version}${dash}${variant}${dash}${rest}`;
}

/** A UUIDv7 in its usual form. */
export function uuidv7(now: number = Date.now()): string {
  return uuidv7With("-", now);
}

/** The first UUIDv7 that could be made at a time, in milliseconds: ids of rows from then on are not less. */
export function firstUuidAt(time: number): string {
  const digits = time.toString(16).padStart(12, "0");
  return `${digits.slice(0, 8)}-${digits.slice(8)}-7000-8000-000000000000`;
}

/** A payment's `objectId`: `PMT` and 32 hex digits (docs/protocol.md). Minted by whoever opens the form, sent again on every retry. */
export function mintPaymentObjectId(): string {
  return `PMT${uuidv7With("", Date.now())}`;
}

/** An invoice's `objectId`: `INV` and 32 hex digits (docs/protocol.md). */
export function mintInvoiceObjectId(): string {
  return `INV${uuidv7With("", Date.now())}`;
}

/** The `reqMsgId` that the receiver of a request mints and returns in its ack (docs/protocol.md). */
export function mintReqMsgId(): string {
  return `REQ${uuidv7With("", Date.now())}`;
}
