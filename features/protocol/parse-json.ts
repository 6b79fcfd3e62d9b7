import { isUtf8 } from "node:buffer";
import { parse as parseLossless } from "lossless-json";
import { type Refusal, refuse } from "@/features/protocol/errors";
import { readNumber } from "@/features/protocol/exact-number";
import { pathText } from "@/lib/http/issues";
import { isStorable } from "@/lib/http/storable";
import { scanJson } from "@/lib/json-scan";

export interface JsonLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
}

/** 500 invoices of 50 splits each don't fit, 500 ordinary ones do. The protocol nests 6 levels. */
export const MESSAGE_LIMITS: JsonLimits = { maxBytes: 1024 * 1024, maxDepth: 16 };

export type ParsedJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly refusal: Refusal };

/** Working out the exact value of a number takes longer than its length; nobody's amounts come near this. */
const MAX_DIGITS = 1000;

const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Raw bytes to a JSON value, refusing what two readers could understand differently: bytes that are not UTF-8, keys that come
 * twice, prototype keys, texts that can't be stored. A number that no double holds becomes an ExactNumber, which no schema
 * takes for a number: nothing is ever rounded on the way in.
 */
export function parseJson(bytes: Uint8Array, limits: JsonLimits = MESSAGE_LIMITS): ParsedJson {
  if (bytes.byteLength > limits.maxBytes) {
    return refused("TOO_LARGE", "", `The message is larger than ${limits.maxBytes} bytes.`);
  }
  if (!isUtf8(bytes)) return refused("MALFORMED_JSON", "", "The message is not encoded as UTF-8.");
  const scan = scanJson(bytes);
  // Before any parser sees it: lossless-json recurses.
  if (scan.depth > limits.maxDepth) return refused("TOO_DEEP");
  if (scan.digits > MAX_DIGITS) return refused("MALFORMED_JSON", "", `A number has more than ${MAX_DIGITS} digits.`);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString("utf8")
    .replace(/^\uFEFF/, "");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused("MALFORMED_JSON");
  }
  const walk = new Walk(scan.unicodeEscape);
  walk.visit(value, []);
  if (walk.refusal) return { ok: false, refusal: walk.refusal };
  // JSON.parse keeps the last of equal keys, so there are fewer members than colons.
  if (walk.members !== scan.members) return refused("DUPLICATE_KEY");
  // Only now, since lossless-json assigns __proto__ and takes equal keys of equal values.
  return { ok: true, value: scan.unusualNumber ? parseLossless(text, null, readNumber) : value };
}

function refused(...args: Parameters<typeof refuse>): ParsedJson {
  return { ok: false, refusal: refuse(...args) };
}

/** Counts the members of a parsed value, and finds keys and texts that are refused. */
class Walk {
  members = 0;
  refusal: Refusal | null = null;

  constructor(private readonly checkTexts: boolean) {}

  visit(value: unknown, path: (string | number)[]): void {
    if (typeof value === "string") {
      if (this.checkTexts && !isStorable(value)) this.refusal ??= refuse("BAD_CHARACTER", shortPath(path));
    } else if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i++) this.child(value[i], i, path);
    } else if (value !== null && typeof value === "object") {
      for (const key of Object.keys(value)) {
        this.members++;
        if (FORBIDDEN_KEYS.has(key)) this.refusal ??= refuse("FORBIDDEN_KEY", shortPath(path));
        if (this.checkTexts && !isStorable(key)) this.refusal ??= refuse("BAD_CHARACTER", shortPath(path));
        this.child((value as Record<string, unknown>)[key], key, path);
      }
    }
  }

  private child(value: unknown, key: string | number, path: (string | number)[]): void {
    if (typeof value === "number") return;
    path.push(key);
    this.visit(value, path);
    path.pop();
  }
}

/** Names in it are the sender's, of any length. */
function shortPath(path: readonly (string | number)[]): string {
  return pathText(path).slice(0, 200).toWellFormed();
}
