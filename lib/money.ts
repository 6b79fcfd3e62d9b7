declare const paiseBrand: unique symbol;

/** An amount of money as a whole number of paise (1 rupee = 100 paise). Only this module does arithmetic on it. */
export type Paise = number & { readonly [paiseBrand]: true };

/** The largest amount the portal handles: ₹9,999 crore, far inside the integers that a double holds exactly. */
export const MAX_PAISE = 9_999_99_99_999_99 as Paise;

export const ZERO = 0 as Paise;

/** How the API's reference tells of an amount. */
export const PAISE_MEANING = "Paise: 100 are one rupee.";

/** What whoever gives no whole number of paise where the portal's own API has an amount is told: rupees with a point are the usual reason. */
export const paiseWords = ({ input }: { input?: unknown }): string =>
  input === undefined || input === null
    ? "Enter an amount."
    : "Give the amount in paise, as a whole number: ₹123.45 is 12345.";

/** The largest sum of amounts that is told: a larger one, which only nonsense adds up to, is told as this. */
export const LARGEST_SUM = Number.MAX_SAFE_INTEGER as Paise;

/**
 * Takes a number or bigint that is already in paise, as a database column holds it.
 * @throws RangeError when it is not a whole number that a double holds exactly.
 */
export function paise(value: number | bigint): Paise {
  const amount = Number(value);
  if (!Number.isSafeInteger(amount)) throw new RangeError(`${value} is not a whole number of paise`);
  return amount as Paise;
}

/** Sum of any number of amounts, in paise. */
export function add(...amounts: readonly Paise[]): Paise {
  return paise(amounts.reduce<number>((sum, amount) => sum + amount, 0));
}

/** `a - b`, in paise; may be negative. */
export function subtract(a: Paise, b: Paise): Paise {
  return paise(a - b);
}

/**
 * A balance in paise, which may be below zero, after `amount` more. Beyond LARGEST_SUM on either side of zero it is told as that, as sums
 * are.
 */
export function carryOn(balance: Paise, amount: Paise): Paise {
  return paise(Math.max(-LARGEST_SUM, Math.min(LARGEST_SUM, balance + amount)));
}

/** An amount without its sign, in paise. */
export function withoutSign(amount: Paise): Paise {
  return paise(Math.abs(amount));
}

/** The smaller of two amounts, in paise. */
export function smaller(a: Paise, b: Paise): Paise {
  return a < b ? a : b;
}

/**
 * A part of an amount at a rate in basis points (1 % = 100), in whole paise: what is left over of a paisa is dropped.
 * Exact, also where the product is beyond the integers that a double holds.
 */
export function shareOf(amount: Paise, basisPoints: number): Paise {
  return paise((BigInt(amount) * BigInt(basisPoints)) / 10_000n);
}

/**
 * What an amount of zero or more was before a tax at a rate in basis points (1 % = 100) was added to it, in paise, to the nearest paisa.
 * Exact, as `shareOf` is.
 */
export function beforeTax(amount: Paise, basisPoints: number): Paise {
  const whole = 10_000n + BigInt(basisPoints);
  return paise((BigInt(amount) * 20_000n + whole) / (2n * whole));
}

/** An amount of zero or more to the nearest rupee, half a rupee up, in paise. */
export function nearestRupee(amount: Paise): Paise {
  return paise(Math.floor((amount + 50) / 100) * 100);
}

/**
 * Rupees as they stand on the wire (a JSON number) to paise, exactly.
 * @returns null when the number has more than two decimals, is not finite, or is beyond MAX_PAISE; never rounds.
 */
export function rupeesToPaise(rupees: number): Paise | null {
  if (!Number.isFinite(rupees)) return null;
  const amount = Math.round(rupees * 100);
  if (Math.abs(amount) > MAX_PAISE) return null;
  // Multiplying is not exact (1.005 * 100), dividing a whole number by 100 gives the nearest double: the one JSON.parse made.
  return amount / 100 === rupees ? ((amount === 0 ? 0 : amount) as Paise) : null;
}

/**
 * Rupees of a message that the wire's schema has passed, to paise.
 * @throws RangeError when it can't be: then the message was never checked.
 */
export function fromWireRupees(rupees: number): Paise {
  const amount = rupeesToPaise(rupees);
  if (amount === null) throw new RangeError(`${rupees} rupees are not a whole number of paise`);
  return amount;
}

/** Paise as the JSON number of rupees that goes on the wire. */
export function paiseToRupees(amount: Paise): number {
  return amount / 100;
}

// Nobody groups one or two digits at the end of the rupees: there the comma was meant as a decimal point, as some software and countries
// write it, and read as India writes it "1234,50" would be a hundred times as much.
const TYPED_AMOUNT = /^(?:₹|Rs\.?|INR)?\s*((?!.*,\d{1,2}(?:\.|$))\d[\d,]*)?(?:\.(\d{0,2}))?$/i;

/**
 * An amount as people type it, or as a file has it ("1,23,456.50", "₹ 500", ".5"), to paise.
 * @returns null when it is empty, negative, has more than two decimals or a decimal comma, or is beyond MAX_PAISE.
 */
export function parseRupees(text: string): Paise | null {
  const match = TYPED_AMOUNT.exec(text.trim());
  if (!match || (match[1] === undefined && !match[2])) return null;
  const whole = (match[1] ?? "0").replaceAll(",", "");
  const amount = Number(whole) * 100 + Number((match[2] ?? "").padEnd(2, "0"));
  return amount <= MAX_PAISE ? (amount as Paise) : null;
}

const rupeeFormat = new Intl.NumberFormat("en-IN", { style: "currency", currency: "INR", minimumFractionDigits: 2 });

/** An amount for people: ₹1,23,456.50. */
export function formatRupees(amount: Paise): string {
  return rupeeFormat.format(amount / 100);
}

/** An amount as a field for money shows it: "1,23,456.50". */
export function toFieldText(amount: Paise): string {
  return formatRupees(amount).replace("₹", "");
}

/** An amount for a program to read: "123456.50". */
export function toInputText(amount: Paise): string {
  return (amount / 100).toFixed(2);
}
