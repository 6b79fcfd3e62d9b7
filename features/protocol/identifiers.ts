// India's identifiers, by shape and check digit. Whether they exist, only their registers know.

const GSTIN = /^\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]$/;
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** A bank branch's IFSC: four letters, a zero, six letters or digits. */
export function isIfsc(text: string): boolean {
  return /^[A-Z]{4}0[A-Z0-9]{6}$/.test(text);
}

/** A PAN: five letters, four digits, a letter. */
export function isPan(text: string): boolean {
  return /^[A-Z]{5}\d{4}[A-Z]$/.test(text);
}

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
  return GSTIN.test(text) && gstinCheckDigit(text.slice(0, 14)) === text.charAt(14);
}

/** Characters 3 to 12 of a GSTIN; null when it is not one. */
export function panFromGstin(gstin: string): string | null {
  return isGstin(gstin) ? gstin.slice(2, 12) : null;
}

/** A UPI address: `name@handle`. */
export function isVpa(text: string): boolean {
  return /^[A-Za-z0-9._-]{2,256}@[A-Za-z][A-Za-z0-9.-]{1,63}$/.test(text);
}

/** Any B2B ID the protocol allows: 1 to 100 characters without double quotes or backslashes. */
export function isB2BId(text: string): boolean {
  return /^[^\\"]{1,100}$/u.test(text);
}

/** The usual form of a B2B ID: `GSTIN@BCB` or `PAN@BCB`. */
export function isUsualB2BId(text: string): boolean {
  const [holder = "", network, ...rest] = text.split("@");
  return network === "BCB" && rest.length === 0 && (isGstin(holder) || isPan(holder));
}
