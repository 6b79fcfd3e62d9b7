import "server-only";
import { createHash } from "node:crypto";
import { APIError } from "better-auth/api";
import { CLIENT_HEADER, networkOf } from "@/lib/http/client-address";
import { countAttempt, forgetAttempt, forgetAttempts, type Limit } from "@/lib/throttle";

/** How long failed attempts count, in seconds. */
export const GUESS_WINDOW_SECONDS = 15 * 60;

/**
 * Failed attempts are bounded twice: per account (however many addresses guess at it) and per address (however many accounts it
 * tries; offices share one, so it is wider). Signing in counts an e-mail address that nobody has, too, so that the limit gives
 * nothing away. A browser that the person has signed in with before has a count of its own (lib/auth-device.ts), so that a stranger
 * who closes the account by guessing doesn't lock them out.
 */
const PER_ACCOUNT: Limit = { max: 10, windowSeconds: GUESS_WINDOW_SECONDS };
const PER_ADDRESS: Limit = { max: 50, windowSeconds: GUESS_WINDOW_SECONDS };

/** What is guessed at: password and account together, the second step's code, the password of someone who is signed in, or a passkey. */
export type Guess = "sign-in" | "code" | "password" | "passkey";

/** The throttle's keys of one attempt. */
export interface AttemptKeys {
  /** Null where nothing that can be guessed at names an account: a passkey says whose it is by its signature. */
  account: string | null;
  address: string | null;
}

/** An e-mail address as keys and logs have it: both outlive the attempt. */
export function accountDigest(email: unknown): string {
  return createHash("sha256").update(String(email).trim().toLowerCase()).digest("hex");
}

/**
 * @param account what names the account: a user's id, or the digest of the e-mail address that was given; null where nothing does
 * @param headers the request's, with the caller's address in CLIENT_HEADER
 */
export function attemptKeys(guess: Guess, account: string | null, headers: Headers | undefined): AttemptKeys {
  const address = headers?.get(CLIENT_HEADER);
  return {
    account: account === null ? null : `${guess}:account:${account}`,
    address: address ? `${guess}:address:${networkOf(address)}` : null,
  };
}

/**
 * Counts an attempt before it is tried, so that guesses made all at once don't slip through together. Once an address has used up its own
 * attempts, no more of them count against accounts: otherwise one address could lock every account there is.
 * @throws APIError 429 with `retry-after`, once there were too many.
 */
export async function countGuess(keys: AttemptKeys): Promise<void> {
  const now = new Date();
  const seconds =
    (keys.address && (await countAttempt(keys.address, PER_ADDRESS, now))) ||
    (keys.account && (await countAttempt(keys.account, PER_ACCOUNT, now)));
  if (!seconds) return;
  const minutes = Math.ceil(seconds / 60);
  const message = `Too many attempts. Try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`;
  throw new APIError("TOO_MANY_REQUESTS", { code: "TOO_MANY_ATTEMPTS", message }, { "retry-after": String(seconds) });
}

/** It was no guess: the account's count begins anew, and the address gets this one back. */
export async function forgiveGuess(keys: AttemptKeys): Promise<void> {
  if (keys.account) await forgetAttempts(keys.account);
  if (keys.address) await forgetAttempt(keys.address);
}
