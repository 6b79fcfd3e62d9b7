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

/** To as many digits banks fill up a number with zeros in front. */
const FILLED_UP = 16;

/** The same number with fewer zeros in front, down to none, and with more; nothing of what is no number. */
function withZeros(bare: string): string[] {
  if (!/^\d+$/.test(bare)) return [];
  const number = bare.replace(/^0+(?=.)/, "");
  return Array.from({ length: Math.max(0, FILLED_UP - number.length) + 1 }, (_, zeros) => "0".repeat(zeros) + number);
}

/**
 * The ways in which one and the same UTR is usually written: as it is, in capitals or small letters, without blanks or in groups of four;
 * a number with zeros in front, which banks fill in and leave out. To look for all of them by an index that holds texts as they came.
 */
export function utrSpellings(utr: string): string[] {
  const bare = utr.replace(/[\s\p{Cf}]/gu, "");
  const grouped = bare.replace(/.{4}(?=.)/gu, "$& ");
  const single = utr.trim().replace(/\s+/gu, " ");
  const written = [single, bare, grouped].flatMap((one) => [one, one.toUpperCase(), one.toLowerCase()]);
  return [...new Set([utr, ...written, ...withZeros(bare)])];
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
