import type { PaymentMode } from "@/features/protocol/status-words";

interface UtrShape {
  readonly pattern: RegExp;
  readonly words: string;
}

/** The reference numbers of the modes that have one shape. An RTGS transfer goes as ACCOUNT_TRANSFER, which has several. */
const SHAPES: Partial<Record<PaymentMode, UtrShape>> = {
  NEFT: { pattern: /^[A-Z0-9]{16}$/i, words: "An NEFT UTR has 16 letters and digits" },
  IMPS: { pattern: /^\d{12}$/, words: "An IMPS reference number has 12 digits" },
  UPI: { pattern: /^\d{12}$/, words: "A UPI reference number has 12 digits" },
  CHEQUE: { pattern: /^\d{6}$/, words: "A cheque number has 6 digits" },
};

/** An RTGS UTR: 22 letters and digits, the bank's four letters first. */
export function isRtgsUtr(utr: string): boolean {
  return /^[A-Z]{4}[A-Z0-9]{18}$/i.test(utr);
}

/**
 * What of a UTR tells transfers apart: its letters A to Z and digits, in capitals, without zeros in front. People write it in groups, with
 * signs, in small letters; banks fill numbers up with zeros, and leave them out; and a character that nobody sees makes it another text.
 * Empty for what has neither letter nor digit. SQL says the same of a column (UTR_KEY, features/payments/filters.ts).
 */
export function utrKey(utr: string): string {
  return utr
    .replace(/[^0-9A-Za-z]/g, "")
    .toUpperCase()
    .replace(/^0+/, "");
}

/**
 * A warning for the person who typed the UTR; null when it looks right or the mode has no usual shape.
 * Never a reason to refuse: the protocol allows 1 to 50 of nearly any characters.
 */
export function utrWarning(mode: PaymentMode, utr: string): string | null {
  const typed = utr.trim();
  const shape = SHAPES[mode];
  if (!shape || typed === "" || shape.pattern.test(typed)) return null;
  if (mode === "NEFT" && isRtgsUtr(typed)) {
    return "This looks like an RTGS UTR: for RTGS choose “Account transfer or RTGS” as the mode.";
  }
  return `${shape.words}. Please check this one.`;
}
