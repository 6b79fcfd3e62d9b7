/**
 * A number of a JSON text that a double can't hold: `100.000000000000000001` would be read as 100.
 * It stands in the parsed value as this object, so that no schema takes it for a number, and its exact value stays known.
 */
export class ExactNumber {
  /** The number in one normal form: equal values have equal texts, however they were written. */
  readonly decimal: string;

  constructor(readonly source: string) {
    this.decimal = normalDecimal(source);
  }
}

/** A JSON number's text as sign, digits without outer zeros, and exponent: `1.50`, `15e-1` → `15e-1`. */
export function normalDecimal(source: string): string {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(source) ?? [];
  const digits = (whole + fraction).replace(/^0+/, "");
  const trimmed = digits.replace(/0+$/, "");
  if (trimmed === "") return "0e0";
  // BigInt: the exponent may have any number of digits.
  const power = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - trimmed.length);
  return `${sign}${trimmed}e${power}`;
}

/** The number itself when a double holds what was written (its shortest decimal form is the same), else an ExactNumber. */
export function readNumber(source: string): number | ExactNumber {
  const value = Number(source);
  return Number.isFinite(value) && normalDecimal(String(value)) === normalDecimal(source)
    ? value
    : new ExactNumber(source);
}
