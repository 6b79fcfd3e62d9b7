import { createHash } from "node:crypto";
import { ExactNumber } from "@/features/protocol/exact-number";

/**
 * SHA-256, in hex, of a parsed JSON value: two messages have the same hash when they say the same. Key order, white space
 * and the way a number or character is written don't count; the order of lists, and fields the schema doesn't know, do.
 */
export function contentHash(value: unknown): string {
  return createHash("sha256").update(canonical(value)).digest("hex");
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value instanceof ExactNumber) return value.decimal;
  if (value !== null && typeof value === "object") {
    const record = value as Record<string, unknown>;
    const members = Object.keys(record)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonical(record[key])}`);
    return `{${members.join(",")}}`;
  }
  return JSON.stringify(value);
}
