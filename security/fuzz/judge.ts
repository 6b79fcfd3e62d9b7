import { TABLE_TYPES } from "@/lib/http/operation";
import type { Target } from "./target";

/** What a reply may be at most, in bytes: the largest is a refused message that is echoed. */
const MOST_BYTES = 2 * 1024 * 1024;

/** A reply, read to its end. */
export interface Reply {
  status: number;
  type: string;
  text: string;
}

function jsonOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === "object" && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** What is wrong with a reply to whatever input; null when nothing is. */
export function problemWith(target: Pick<Target, "api">, { status, type, text }: Reply): string | null {
  if (status >= 500) return `${status}: ${text.slice(0, 300)}`;
  if (status < 200) return `status ${status}`;
  if (Buffer.byteLength(text) > MOST_BYTES) return `a reply of ${Buffer.byteLength(text)} bytes`;
  if (target.api === "v0") {
    const json = jsonOf(text);
    if (
      !json ||
      typeof json.response_code !== "number" ||
      typeof json.response_message !== "string" ||
      !("payload" in json)
    )
      return `${status} is no reply of the protocol: ${text.slice(0, 200)}`;
    return null;
  }
  if (status === 204) return text === "" ? null : "204 with a body";
  if (status < 400)
    return (Object.values(TABLE_TYPES) as string[]).includes(type) || jsonOf(text)
      ? null
      : `${status} without JSON: ${text.slice(0, 200)}`;
  const json = jsonOf(text);
  if (!type.startsWith("application/problem+json") || typeof json?.code !== "string" || json.status !== status)
    return `${status} is no problem document: ${text.slice(0, 200)}`;
  return null;
}

/** Whether a message has reached into the program's own objects; true once is true for good. */
export function isPolluted(): boolean {
  return Object.keys(Object.prototype).length > 0 || "polluted" in {} || "polluted" in Object;
}
