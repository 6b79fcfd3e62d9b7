import { createHash } from "node:crypto";
import { ExactNumber } from "@/features/protocol/exact-number";

/**
 * SHA-256, in hex, of a parsed JSON value: two messages have the same hash when they say the same. Key order, white space
 * and the way a number or character is written don't count; the order of lists, and fields the schema doesn't know, do.
 */
export function contentHash(value: unknown): string {
  return createHash("sha256").update(written("", value)).digest("hex");
}

// Field names come again with every message. Whoever makes up new ones must not fill the memory.
const MOST_NAMES = 1000;
const names = new Map<string, string>();

/** A field's name as JSON writes it, with its colon. */
function nameOf(key: string): string {
  const known = names.get(key);
  if (known !== undefined) return known;
  const name = `${JSON.stringify(key)}:`;
  if (names.size < MOST_NAMES && key.length <= 64) names.set(key, name);
  return name;
}

/** What JSON writes otherwise than as it is: quotes, backslashes, control characters, halves of surrogate pairs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;

/** The names of an object's members in order. There are few, and most come in order: quicker so than by `sort`. */
function sortedKeys(record: object): string[] {
  const keys = Object.keys(record);
  if (keys.length > 64) return keys.sort();
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i] ?? "";
    let place = i;
    for (; place > 0 && (keys[place - 1] ?? "") > key; place--) keys[place] = keys[place - 1] ?? "";
    keys[place] = key;
  }
  return keys;
}

/** `text`, and behind it a value in its one way of being written: every message goes through here, so it builds a single string. */
function written(text: string, value: unknown): string {
  if (typeof value === "string") return text + (ESCAPED.test(value) ? JSON.stringify(value) : `"${value}"`);
  if (Array.isArray(value)) {
    let out = `${text}[`;
    for (let i = 0; i < value.length; i++) out = written(i === 0 ? out : `${out},`, value[i]);
    return `${out}]`;
  }
  if (value instanceof ExactNumber) return text + value.decimal;
  if (value !== null && typeof value === "object") {
    const record = value as Record<string, unknown>;
    const keys = sortedKeys(record);
    let out = `${text}{`;
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] ?? "";
      out = written((i === 0 ? out : `${out},`) + nameOf(key), record[key]);
    }
    return `${out}}`;
  }
  return text + JSON.stringify(value);
}
