import { createHash, randomBytes } from "node:crypto";

/*
 * A key reads `chk_<business>_<secret>`: the business's id in 22 characters of base64url, and 256 random bits in 43. It carries its
 * business so that the look-up leads with businessId, like every other; the secret has too much entropy to need more than SHA-256.
 */
const KEY_TEXT = /^chk_([A-Za-z0-9_-]{22})_([A-Za-z0-9_-]{43})$/;

const hash = (keyText: string) => createHash("sha256").update(keyText).digest("hex");

/** A new key for a business: its text is shown once, and only its hash is kept. `hint` is its last four characters. */
export function mintKeyText(businessId: string): { keyText: string; secretHash: string; hint: string } {
  const business = Buffer.from(businessId.replaceAll("-", ""), "hex").toString("base64url");
  const keyText = `chk_${business}_${randomBytes(32).toString("base64url")}`;
  return { keyText, secretHash: hash(keyText), hint: keyText.slice(-4) };
}

/** Which business a key claims to be of, and the hash to look it up by; null when the text is no key at all. */
export function readKeyText(keyText: string): { businessId: string; secretHash: string } | null {
  const match = KEY_TEXT.exec(keyText);
  if (!match) return null;
  const hex = Buffer.from(match[1] ?? "", "base64url").toString("hex");
  const businessId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  return { businessId, secretHash: hash(keyText) };
}
