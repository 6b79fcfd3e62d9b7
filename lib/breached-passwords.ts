import "server-only";
import { createHash } from "node:crypto";
import { env } from "@/lib/env";
import { readUpTo } from "@/lib/http/body";
import { logger } from "@/lib/logger";

/** Someone waits for their new password to be saved; milliseconds. */
const PATIENCE_MS = 2_000;

/** A reply is some 40 KB; what is longer than this is something else. */
const MOST_BYTES = 1_000_000;

/** The endings of all known hashes that begin like this, each with how often it was seen; "0" stands with those that only pad a reply. */
async function endingsOf(list: string, beginning: string): Promise<string[]> {
  const response = await fetch(`${list}/${beginning}`, {
    headers: { "Add-Padding": "true" },
    signal: AbortSignal.timeout(PATIENCE_MS),
    redirect: "error",
  });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const bytes = await readUpTo(response, MOST_BYTES);
  if (!bytes) throw new Error(`the reply is longer than ${MOST_BYTES} bytes`);
  const lines = new TextDecoder()
    .decode(bytes)
    .split(/\r?\n/)
    .map((line) => line.trim().toUpperCase());
  const known = lines.flatMap((line) => /^([0-9A-F]{35}):0*[1-9]\d*$/.exec(line)?.[1] ?? []);
  // A list has some for every beginning; a page that says something else is no list.
  if (known.length === 0) throw new Error("the reply is no list of hashes");
  return known;
}

/**
 * Whether a password has become known by a breach somewhere: asked of the list at BREACHED_PASSWORDS_URL, which learns five of the forty
 * digits of its SHA-1, and nothing else. False where there is no such list, or it doesn't answer: then the list of common passwords,
 * which needs nobody, has had the last word (docs/decisions/028-sessions.md).
 */
export async function isBreached(password: string): Promise<boolean> {
  const list = env.BREACHED_PASSWORDS_URL;
  if (!list) return false;
  const hash = createHash("sha1").update(password).digest("hex").toUpperCase();
  try {
    return (await endingsOf(list, hash.slice(0, 5))).includes(hash.slice(5));
  } catch (err) {
    logger.warn({ err }, "the list of breached passwords could not be asked");
    return false;
  }
}
