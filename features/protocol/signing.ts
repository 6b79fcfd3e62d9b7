import { createHmac, timingSafeEqual } from "node:crypto";

// Standard Webhooks (standardwebhooks.com), symmetric signatures. Not its library: that takes no clock, and turns bytes into
// text before it signs, by which two different bodies that are not UTF-8 have one signature.

const TOLERANCE_MS = 5 * 60_000;
const MAX_SIGNATURES = 16;
// The signed text joins id, timestamp and body by full stops, so an id with one in it could pass for another split.
const WEBHOOK_ID = /^[!-\-/-~]{1,256}$/;

export interface SignatureHeaders {
  readonly "webhook-id": string;
  /** Seconds since 1970. */
  readonly "webhook-timestamp": string;
  /** One `v1,<base64>` per secret, with blanks between. */
  readonly "webhook-signature": string;
}

export type SignatureFailure = "headers-missing" | "headers-malformed" | "too-old" | "too-new" | "no-match";
export type Verification =
  | { readonly ok: true; readonly webhookId: string }
  | { readonly ok: false; readonly reason: SignatureFailure };

/**
 * The key in a secret's text, `whsec_` and base64.
 * @throws Error when it is not base64 or shorter than 24 bytes; the message never holds the secret.
 */
export function signingKey(secret: string): Buffer {
  const known = keys.get(secret);
  if (known) return known;
  const key = decodedKey(secret);
  keys.set(secret, key);
  return key;
}

// The installation's own few secrets, read at its start.
const keys = new Map<string, Buffer>();

function decodedKey(secret: string): Buffer {
  const base64 = secret.replace(/^whsec_/, "");
  const key = Buffer.from(base64, "base64");
  if (
    !/^[A-Za-z0-9+/]+={0,2}$/.test(base64) ||
    key.toString("base64").replace(/=+$/, "") !== base64.replace(/=+$/, "")
  ) {
    throw new Error("a signing secret is not whsec_ and base64");
  }
  if (key.length < 24) throw new Error("a signing secret is shorter than 24 bytes");
  return key;
}

function signature(key: Buffer, id: string, timestamp: string, body: string | Uint8Array): Buffer {
  return createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest();
}

/** Headers for a body that is sent exactly so. With several secrets (rotation) it carries a signature of each. */
export function signWebhook(message: {
  webhookId: string;
  body: string | Uint8Array;
  secrets: readonly string[];
  now: Date;
}): SignatureHeaders {
  const { webhookId, body, secrets, now } = message;
  if (!WEBHOOK_ID.test(webhookId)) throw new Error("a webhook-id must be printable ASCII without full stops");
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const signatures = secrets.map(
    (secret) => `v1,${signature(signingKey(secret), webhookId, timestamp, body).toString("base64")}`,
  );
  return { "webhook-id": webhookId, "webhook-timestamp": timestamp, "webhook-signature": signatures.join(" ") };
}

/** Whether one of the signatures fits one of our secrets and was made within five minutes of `now`, over the raw bytes. */
export function verifyWebhook(message: {
  header: (name: keyof SignatureHeaders) => string | null | undefined;
  body: Uint8Array;
  secrets: readonly string[];
  now: Date;
}): Verification {
  const id = message.header("webhook-id");
  const timestamp = message.header("webhook-timestamp");
  const given = message.header("webhook-signature");
  if (!id || !timestamp || !given) return { ok: false, reason: "headers-missing" };
  if (!WEBHOOK_ID.test(id) || !/^\d{1,12}$/.test(timestamp)) return { ok: false, reason: "headers-malformed" };
  const age = message.now.getTime() - Number(timestamp) * 1000;
  if (age > TOLERANCE_MS) return { ok: false, reason: "too-old" };
  if (age < -TOLERANCE_MS) return { ok: false, reason: "too-new" };
  const candidates = given
    .split(" ", MAX_SIGNATURES)
    .filter((part) => part.startsWith("v1,"))
    .map((part) => Buffer.from(part.slice("v1,".length), "base64"));
  const matches = message.secrets.some((secret) => {
    const expected = signature(signingKey(secret), id, timestamp, message.body);
    return candidates.some((candidate) => candidate.length === expected.length && timingSafeEqual(candidate, expected));
  });
  return matches ? { ok: true, webhookId: id } : { ok: false, reason: "no-match" };
}
