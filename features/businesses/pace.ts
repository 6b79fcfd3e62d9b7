import "server-only";
import { AppError } from "@/lib/errors";
import { TokenBuckets } from "@/lib/token-buckets";

/** A person's requests: 50 a second, up to 200 at once. Far above what the pages need; only a program that uses a session meets it. */
const perPerson = new TokenBuckets({ perSecond: 50, burst: 200 });

/** @throws AppError RATE_LIMITED when there is something to wait for */
export function holdUp(seconds: number | null): void {
  if (seconds === null) return;
  const words = `These are more calls than the portal takes in so short a time. Try again in ${seconds === 1 ? "a second" : `${seconds} seconds`}.`;
  throw new AppError("RATE_LIMITED", words, [], seconds);
}

/** Counts a person's request. @throws AppError RATE_LIMITED when theirs come too fast */
export const holdUpPerson = (userId: string, now: Date): void => holdUp(perPerson.take(userId, now));

/**
 * People whom an owner adds, or gives a new first password: 30 at once, then one a second. Hashing a password is slow on purpose, as at
 * every sign-in; and each answer gives away whether an address has an account.
 */
const handOuts = new TokenBuckets({ perSecond: 1, burst: 30 });

/** Counts one before anything is done for it. @throws AppError RATE_LIMITED when theirs come too fast */
export const holdUpHandOut = (actorId: string, now: Date): void => holdUp(handOuts.take(actorId, now));
