/** What one pass over a JSON text finds, before it is parsed. Of a text that is not JSON it means nothing. */
export interface JsonScan {
  /** Colons outside strings: one for each member of an object. */
  readonly members: number;
  /** Deepest nesting of objects and lists. */
  readonly depth: number;
  /** A number with an exponent or so many digits that a double may not hold it. */
  readonly unusualNumber: boolean;
  /** The longest run of a number's digits. */
  readonly digits: number;
  /** A \u escape, by which a zero byte or half a surrogate pair can enter a text. */
  readonly unicodeEscape: boolean;
}

/** Doubles hold every decimal of up to 15 significant digits. */
const SAFE_DIGITS = 15;

const [QUOTE, BACKSLASH, COLON, LOWER_U] = [0x22, 0x5c, 0x3a, 0x75];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const [ZERO, NINE, POINT, LOWER_E, UPPER_E] = [0x30, 0x39, 0x2e, 0x65, 0x45];

/** One pass, no allocation: it runs over every message that comes in. */
export function scanJson(bytes: Uint8Array): JsonScan {
  let members = 0;
  let level = 0;
  let depth = 0;
  let unusualNumber = false;
  let digits = 0;
  let unicodeEscape = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === QUOTE) {
      for (i++; i < bytes.length && bytes[i] !== QUOTE; i++) {
        if (bytes[i] === BACKSLASH && bytes[++i] === LOWER_U) unicodeEscape = true;
      }
    } else if (byte === COLON) members++;
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth = Math.max(depth, ++level);
    else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) level--;
    else if (isDigit(byte)) {
      const start = i;
      while (isDigit(bytes[i + 1]) || bytes[i + 1] === POINT) i++;
      digits = Math.max(digits, i - start + 1);
    } else if (byte === LOWER_E || byte === UPPER_E) {
      // Outside strings also the e of true and false: then the slower path runs for nothing, which the protocol's messages never need.
      unusualNumber = true;
    }
  }
  return { members, depth, unusualNumber: unusualNumber || digits > SAFE_DIGITS, digits, unicodeEscape };
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}
