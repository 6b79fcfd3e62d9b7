/**
 * Any bytes as text that PostgreSQL can keep, for a log: at most `maxBytes` of them, with U+FFFD for what is not UTF-8
 * and for zero bytes. Not for a message that was taken: its text is its exact bytes.
 */
export function storableText(bytes: Uint8Array, maxBytes: number): string {
  return new TextDecoder("utf-8").decode(bytes.subarray(0, maxBytes)).replaceAll("\0", "\uFFFD");
}
