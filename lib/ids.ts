/** A UUIDv7 as 32 hex digits: 48 bits of milliseconds, then random, so that ids sort by the time they were made. */
function uuidv7Hex(now: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) & 0xff;
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A UUIDv7 in its usual form. */
export function uuidv7(now?: number): string {
  return uuidv7Hex(now).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** A payment's `objectId`: `PMT` and 32 hex digits (protocol.md). Minted by whoever opens the form, sent again on every retry. */
export function mintPaymentObjectId(): string {
  return `PMT${uuidv7Hex()}`;
}

/** An invoice's `objectId`: `INV` and 32 hex digits (protocol.md). */
export function mintInvoiceObjectId(): string {
  return `INV${uuidv7Hex()}`;
}

/** The `reqMsgId` that the receiver of a request mints and returns in its ack (protocol.md). */
export function mintReqMsgId(): string {
  return `REQ${uuidv7Hex()}`;
}
