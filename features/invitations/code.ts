import "server-only";
import { createHash } from "node:crypto";
import { mintSpoken } from "@/features/accounts/credentials";

/** For how long a code is good, in milliseconds: a week, so that somebody on leave still gets to use it. */
export const CODE_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

/** What a code is kept and looked up by: the SHA-256 of its letters and digits, however they were typed. */
export function codeHash(code: string): string {
  const bare = code.toLowerCase().replace(/[^a-z0-9]/g, "");
  return createHash("sha256").update(bare).digest("hex");
}

/** A code that lets one person join one business. Its text is told once, and only its hash is kept. */
export function mintCode(): { code: string; hash: string } {
  const code = mintSpoken();
  return { code, hash: codeHash(code) };
}
