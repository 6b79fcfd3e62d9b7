import { createHash } from "node:crypto";
import { ExactNumber } from "@/features/protocol/exact-number";

/**
 * SHA-256, in hex, of a parsed JSON value: two messages have the same hash when they say the same. Key order, white space
 * and the way a number or character is written don't count; the order of lists, and fields the schema doesn't know, do.
 */
export function contentHash(value: unknown): string {
  return createHash("sha256").update(canonical(value)).digest("hex");
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

function canonical(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) {
    let text = "[";
    for (let i = 0; i < value.length; i++) text += i === 0 ? canonical(value[i]) : `,${canonical(value[i])}`;
    return `${text}]`;
  }
  if (value instanceof ExactNumber) return value.decimal;
  if (value !== null && typeof value === "object") {
    const record = value as Record<string, unknown>;
    let text = "{";
    for (const key of Object.keys(record).sort())
      text += (text === "{" ? "" : ",") + nameOf(key) + canonical(record[key]);
    return `${text}}`;
  }
  return JSON.stringify(value);
}
