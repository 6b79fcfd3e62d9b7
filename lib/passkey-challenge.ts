import "server-only";
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { authSecrets } from "@/lib/auth-secrets";
import { system } from "@/lib/db";
import { someAtATime } from "@/lib/some-at-a-time";

/*
 * A challenge is what a passkey signs. It says itself when it runs out and for whom it was made, under a MAC, so that to ask for one
 * writes nothing, and any portal can answer for what another gave out. Only one that comes back leaves a row: it counts once.
 */

/** How long one may take to answer, in seconds: as between password and code. */
export const CHALLENGE_SECONDS = 5 * 60;

/** How much longer a used one is remembered, in milliseconds: a portal whose clock is behind must not take it again. */
const REMEMBERED_MS = 60 * 60_000;

const ID_BYTES = 16;
const TIME_BYTES = 6;
const SAID_BYTES = ID_BYTES + TIME_BYTES;
const MAC_BYTES = 32;

/** What a challenge is bound to: a browser that wants to sign in, or the session in which a passkey is added. */
export interface ChallengeBond {
  purpose: "sign-in" | "add";
  /** The browser's cookie, or the session's id. */
  holder: string;
}

export interface Challenge {
  id: string;
  expiresAt: Date;
}

const macOf = (said: Buffer, { purpose, holder }: ChallengeBond, secret: string) =>
  createHmac("sha256", secret).update(`passkey challenge\n${purpose}\n${holder}\n`).update(said).digest();

/** A new challenge, to be signed within `CHALLENGE_SECONDS`. */
export function mintChallenge(bond: ChallengeBond, now: Date): Buffer {
  const said = Buffer.alloc(SAID_BYTES);
  said.write(randomUUID().replaceAll("-", ""), "hex");
  said.writeUIntBE(now.getTime() + CHALLENGE_SECONDS * 1000, ID_BYTES, TIME_BYTES);
  return Buffer.concat([said, macOf(said, bond, authSecrets()[0]?.value ?? "")]);
}

/** The challenge, from base64url; null for one that was not made here, not for this holder, or has run out. */
export function readChallenge(text: string, bond: ChallengeBond, now: Date): Challenge | null {
  const bytes = Buffer.from(text, "base64url");
  if (bytes.length !== SAID_BYTES + MAC_BYTES) return null;
  const [said, mac] = [bytes.subarray(0, SAID_BYTES), bytes.subarray(SAID_BYTES)];
  if (!authSecrets().some(({ value }) => timingSafeEqual(mac, macOf(said, bond, value)))) return null;
  const expiresAt = new Date(said.readUIntBE(ID_BYTES, TIME_BYTES));
  if (expiresAt <= now) return null;
  const id = said.toString("hex", 0, ID_BYTES).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  return { id, expiresAt };
}

/**
 * Uses a challenge up, whatever comes of it, for all portals. One insert under its own id: of two who send the same answer at once, one
 * goes on.
 * @returns false when it was used before
 */
export async function takeChallenge({ id, expiresAt }: Challenge): Promise<boolean> {
  const data = { id, identifier: "passkey", value: id, expiresAt: new Date(expiresAt.getTime() + REMEMBERED_MS) };
  return (await system.verification.createMany({ data, skipDuplicates: true })).count === 1;
}

/** How long what ran out is kept, in milliseconds: a clock that is off by less lets nothing be used twice. */
const KEPT_MS = 24 * 60 * 60_000;

/**
 * Deletes challenges that were used and have run out, and second steps that nobody went on with: better-auth sweeps both only when
 * somebody else's code is checked. @returns how many
 */
export function pruneChallenges(now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_MS);
  return someAtATime(
    (most) => system.$executeRaw`
      DELETE FROM verification WHERE id = ANY(ARRAY(
        SELECT id FROM verification WHERE expires_at < ${before}::timestamptz LIMIT ${most}))`,
  );
}
