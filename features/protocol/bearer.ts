import { createHash, timingSafeEqual } from "node:crypto";

/** The token of an `Authorization: Bearer …` header; null when there is none. */
export function bearerToken(authorization: string | null | undefined): string | null {
  return /^Bearer +([!-~]{1,1024}) *$/i.exec(authorization ?? "")?.[1] ?? null;
}

/** Whether the header carries one of the tokens. The time it takes tells nothing about them, their lengths included. */
export function verifyBearer(authorization: string | null | undefined, tokens: readonly string[]): boolean {
  const given = bearerToken(authorization);
  if (given === null) return false;
  const digest = sha256(given);
  // Every token is compared, whichever fits.
  return tokens.map((token) => timingSafeEqual(digest, sha256(token))).includes(true);
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
