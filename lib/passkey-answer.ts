import "server-only";
import { z } from "zod";
import { logger } from "@/lib/logger";
import type { PasskeyPlace } from "@/lib/passkey-place";

/*
 * What a browser sends back when a passkey was made or has signed (WebAuthn's JSON), and whether it holds. The library is loaded when it
 * is first needed: it takes a sixth of a second, which no start of a portal is to wait for.
 */
const webauthn = () => import("@simplewebauthn/server");

/**
 * What keys may be: EdDSA, ES256, RS256, as COSE numbers them. Said here, since what the library would take besides depends on the Node.js
 * that asks, and another portal must be able to verify it.
 */
const ALGORITHMS = [-8, -7, -257];

/** A credential's id has 1,023 bytes at most. */
const MAX_ID = 1_364;
const encoded = (most: number) => z.base64url().min(1).max(most);
const credential = { id: encoded(MAX_ID), rawId: encoded(MAX_ID), type: z.literal("public-key") };

export const signedSchema = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: encoded(4_096),
    authenticatorData: encoded(4_096),
    signature: encoded(2_048),
    userHandle: encoded(128),
  }),
});
export type SignedAnswer = z.output<typeof signedSchema>;

export const madeSchema = z.object({
  ...credential,
  response: z.object({ clientDataJSON: encoded(4_096), attestationObject: encoded(6_144) }),
});
export type MadeAnswer = z.output<typeof madeSchema>;

const clientDataSchema = z.object({ challenge: z.string(), crossOrigin: z.boolean().optional() });

/** The challenge that an answer says it is for; null where that can't be read, or the answer was given inside another site's page. */
export function challengeOf(answer: { response: { clientDataJSON: string } }): string | null {
  try {
    const text = Buffer.from(answer.response.clientDataJSON, "base64url").toString("utf8");
    const { challenge, crossOrigin } = clientDataSchema.parse(JSON.parse(text));
    return crossOrigin ? null : challenge;
  } catch {
    return null;
  }
}

/** The operator reads why: most often PUBLIC_URL isn't what stands in people's browsers. */
function refused(error: unknown): null {
  const reason = error instanceof Error ? error.message.slice(0, 300) : "unknown";
  logger.info({ event: "passkey refused", reason }, "a passkey's answer doesn't hold");
  return null;
}

/**
 * A key of which nobody has the other half (the point of P-256 whose x is 5). What names an unknown passkey is held
 * against it, so that a stranger learns from the time it takes no more than from the words.
 */
export const NOBODYS_KEY = Uint8Array.from(
  Buffer.from(
    "a5010203262001215820" +
      "0000000000000000000000000000000000000000000000000000000000000005" +
      "225820" +
      "459243b9aa581806fe913bce99817ade11ca503c64d9a3c533415c083248fbcc",
    "hex",
  ),
);

interface Expected {
  /** As the answer has it, already found to be one of ours. */
  challenge: string;
  place: PasskeyPlace;
}

/**
 * Verifies that a passkey has signed, here and by a person whom its authenticator has verified.
 * @returns its counter; null when it doesn't hold
 */
export async function verifySigned(
  answer: SignedAnswer,
  publicKey: Uint8Array<ArrayBuffer>,
  { challenge, place }: Expected,
): Promise<bigint | null> {
  const { verifyAuthenticationResponse } = await webauthn();
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...answer, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: place.origin,
      expectedRPID: place.rpId,
      requireUserVerification: true,
      // Whether the counter has moved is judged where it is written (lib/passkey-store.ts): of two at once, one is the later.
      credential: { id: answer.id, publicKey, counter: 0 },
    });
    return verified ? BigInt(authenticationInfo.newCounter) : refused(new Error("another key has signed"));
  } catch (error) {
    return refused(error);
  }
}

export interface MadePasskey {
  credentialId: string;
  publicKey: Uint8Array<ArrayBuffer>;
  counter: bigint;
}

/** Verifies that a passkey was made, here and by a person whom its authenticator has verified. @returns null when it doesn't hold */
export async function verifyMade(answer: MadeAnswer, { challenge, place }: Expected): Promise<MadePasskey | null> {
  const { verifyRegistrationResponse } = await webauthn();
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: { ...answer, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: place.origin,
      expectedRPID: place.rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!verified) return refused(new Error("its attestation doesn't hold"));
    const { id, publicKey, counter } = registrationInfo.credential;
    return { credentialId: id, publicKey, counter: BigInt(counter) };
  } catch (error) {
    return refused(error);
  }
}

interface ForWhom {
  challenge: Uint8Array<ArrayBuffer>;
  place: PasskeyPlace;
  timeoutMs: number;
  user: { id: string; name: string; email: string };
  /** Credential ids of the passkeys that they have: an authenticator makes no second one. */
  known: readonly string[];
}

/** What a browser is asked to make: a passkey that names its person by itself, which their authenticator verifies each time. */
export async function creationOptions({ challenge, place, timeoutMs, user, known }: ForWhom) {
  const { generateRegistrationOptions } = await webauthn();
  return generateRegistrationOptions({
    rpName: "Chukta",
    rpID: place.rpId,
    userName: user.email,
    userDisplayName: user.name,
    userID: userHandle(user.id),
    challenge,
    timeout: timeoutMs,
    attestationType: "none",
    excludeCredentials: known.map((id) => ({ id })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    supportedAlgorithmIDs: ALGORITHMS,
  });
}

/** What an authenticator keeps as the person's id: their account's, as bytes. It says nothing of them to whoever finds the device. */
const userHandle = (userId: string) => Uint8Array.from(Buffer.from(userId.replaceAll("-", ""), "hex"));

/** Whether an answer names this person. */
export const namesUser = (answer: SignedAnswer, userId: string): boolean =>
  answer.response.userHandle === Buffer.from(userHandle(userId)).toString("base64url");
