// The one place for the shapes of identifiers and what people are told of them. Whether one exists, only its register knows.

/** An identifier's shape, and the words for who writes it otherwise. */
export interface Identifier {
  pattern: RegExp;
  words: string;
}

/** As numbers and codes are kept: copied, they have blanks between their groups. */
export const withoutBlanks = (text: string) => text.replace(/\s/g, "");

/** As codes are kept that people also type in small letters. */
export const inCapitals = (text: string) => withoutBlanks(text).toUpperCase();

/** Not looked at here is its check digit: see `isGstin`. */
export const GSTIN: Identifier = {
  pattern: /^\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]$/,
  words: "A GSTIN has 15 characters, like 27AAPFU0939F1ZV.",
};

/** Five letters, four digits, a letter. */
export const PAN: Identifier = {
  pattern: /^[A-Z]{5}\d{4}[A-Z]$/,
  words: "A PAN has 10 characters, like AAPFU0939F.",
};

/** A bank branch: four letters, a zero, six letters or digits. */
export const IFSC: Identifier = {
  pattern: /^[A-Z]{4}0[A-Z0-9]{6}$/,
  words: "An IFSC has 11 characters, like HDFC0001234.",
};

export const ACCOUNT_NUMBER: Identifier = {
  pattern: /^[0-9A-Za-z]{6,34}$/,
  words: "An account number has 6 to 34 letters or digits.",
};

/** An account number with all but its last four characters hidden: the wire's `maskedAccountNumber`. */
export function maskAccount(accountNumber: string): string {
  return accountNumber.replace(/.(?=.{4})/g, "X");
}

/** A UPI address: `name@handle`, in all no longer than the wire takes, 255 characters. */
export const VPA: Identifier = {
  pattern: /^[\w.-]{2,190}@[\w.-]{2,64}$/,
  words: "A UPI address looks like name@bank.",
};

/** As the wire has it, by Unicode characters (docs/protocol.md): the usual `GSTIN@BCB` and `PAN@BCB`, and nearly anything else. */
export const B2B_ID: Identifier = {
  pattern: /^[^\\"]{1,100}$/u,
  words: 'A B2B ID has 1 to 100 characters without " or \\.',
};

/** What the wire says of any text of people's (docs/protocol.md, "Fields"): its length is each field's own. */
export const UNQUOTED: Identifier = {
  pattern: /^[^\\"]*$/,
  words: 'Leave out double quotes (") and backslashes (\\).',
};

/** A payment's `objectId`. `[PMT]{3}` is a class, as the seeds write it: `TTT…` is read, only `PMT…` is minted (docs/protocol.md). */
export const PAYMENT_ID: Identifier = {
  pattern: /^[PMT]{3}[A-Za-z0-9]{32}$/,
  words: "A payment id is PMT and 32 letters or digits, like PMT019aa0d5c1f07c3e8a4b5d6e7f809102.",
};

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** The mod-36 check digit over a GSTIN's first 14 characters; null when they are not 14 digits or capital letters. */
export function gstinCheckDigit(first14: string): string | null {
  if (!/^[0-9A-Z]{14}$/.test(first14)) return null;
  let sum = 0;
  for (const [index, character] of [...first14].entries()) {
    const product = DIGITS.indexOf(character) * (index % 2 === 0 ? 1 : 2);
    sum += Math.floor(product / 36) + (product % 36);
  }
  return DIGITS.charAt((36 - (sum % 36)) % 36);
}

/** A GSTIN: 15 characters whose last is the right check digit. */
export function isGstin(text: string): boolean {
  return GSTIN.pattern.test(text) && gstinCheckDigit(text.slice(0, 14)) === text.charAt(14);
}

/** Characters 3 to 12 of a GSTIN; null when it is not one. */
export function panFromGstin(gstin: string): string | null {
  return isGstin(gstin) ? gstin.slice(2, 12) : null;
}
