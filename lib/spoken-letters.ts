import { randomInt } from "node:crypto";

// Without 0/o and 1/l/i, which are mistaken for each other on paper and over the phone.
const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

/** `count` random letters and digits for people to copy or to read out: 4.95 bits each. */
export function spokenLetters(count: number): string {
  return Array.from({ length: count }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}
