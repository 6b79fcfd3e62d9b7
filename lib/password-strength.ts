import "server-only";

/*
 * Whether a password is one of those that are tried first: one of 49,000 common ones, one put together from them (doubled, with a
 * year behind it, with 0 for o), keys in a row, or one made of words that are near at hand here. No rule about digits or signs.
 */

/** Words that stand on every page, or that everyone in this trade would think of; with them the person's own name and address. */
const NEAR_AT_HAND = [
  ..."chukta bharat bharatconnect billpay bharatbillpay npci upi bbps neft rtgs imps gst gstin rupee rupees".split(" "),
  ..."invoice invoices payment payments supplier buyer settled settledinfull finance accounts india".split(" "),
  ..."mumbai delhi bengaluru bangalore chennai kolkata hyderabad pune krishna ganesh lakshmi".split(" "),
];

/** Fewer guesses than this, and it is refused. A thousand million: what a stolen list of hashes gives away within days. */
const MIN_GUESSES_LOG10 = 9;

let loaded: Promise<(password: string, near: string[]) => number> | undefined;

// Some megabytes of lists: loaded when the first password is chosen, not with every page.
async function load() {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
  ]);
  const factory = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  return (password: string, near: string[]) => factory.check(password, near).guessesLog10;
}

/** The parts of a person's name and address that are long enough to be recognised: "ravi@anvaya.example" gives ravi and anvaya. */
function partsOf(texts: readonly string[]): string[] {
  return texts.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]).filter((part) => part.length >= 3);
}

/**
 * Whether a password is too easily guessed to be used.
 * @param near what a guesser knows of the person: their name, their e-mail address
 */
export async function isEasilyGuessed(password: string, near: readonly string[]): Promise<boolean> {
  loaded ??= load();
  const guessesLog10 = (await loaded)(password, [...NEAR_AT_HAND, ...partsOf(near)]);
  return guessesLog10 < MIN_GUESSES_LOG10;
}
