import "server-only";

/*
 * Whether a password is one of those that are tried first: one of 49,000 common ones, one put together from them (doubled, with a
 * year behind it, with 0 for o), keys in a row, or one made of words that are near at hand here. No rule about digits or signs.
 */

/** Words from our own pages, and that anyone in this trade would try first. The person's own name and address are added to them. */
const NEAR_AT_HAND = [
  ..."chukta bharat bharatconnect billpay bharatbillpay npci upi bbps neft rtgs imps gst gstin rupee rupees".split(" "),
  ..."invoice invoices payment payments supplier buyer settled settledinfull finance accounts india".split(" "),
  ..."mumbai delhi bengaluru bangalore chennai kolkata hyderabad pune krishna ganesh lakshmi".split(" "),
];

/** Fewer guesses than this, and it is refused. A thousand million: what a stolen list of hashes gives away within days. */
const MIN_GUESSES_LOG10 = 9;

/** As many digits and signs are ignored around a common password; more than these may be a secret of their own. */
const MAX_DECORATION = 8;

/** What has to remain of a password without the words that are near at hand. */
const MIN_REMAINS = 6;

const LOOKALIKES: Record<string, string> = {
  "@": "a",
  "4": "a",
  "3": "e",
  "1": "i",
  "!": "i",
  "0": "o",
  $: "s",
  "5": "s",
};

interface Lists {
  common: ReadonlySet<string>;
  guessesLog10: (password: string, near: string[]) => number;
}

let loaded: Promise<Lists> | undefined;

// Some megabytes of lists: loaded when the first password is chosen, not with every page.
async function load(): Promise<Lists> {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
  ]);
  const factory = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  return {
    common: new Set(dictionary["passwords-common"]),
    guessesLog10: (password, near) => factory.check(password, near).guessesLog10,
  };
}

/** The text itself, and what it is without some digits and signs at its end, or before it. */
function withoutDecoration(text: string): string[] {
  const found = [text, text.replace(/^[^\p{L}]+/u, "")];
  for (let end = text.length - 1; end >= text.length - MAX_DECORATION; end--) {
    if (/\p{L}/u.test(text.charAt(end))) break;
    found.push(text.slice(0, end));
  }
  return found;
}

/** A common password, alone or repeated, as it is or with signs for letters, with some digits and signs around it. */
function isCommon(password: string, common: ReadonlySet<string>): boolean {
  const plain = (word: string) => word.replace(/[@431!0$5]/g, (sign) => LOOKALIKES[sign] ?? sign);
  return withoutDecoration(password.toLowerCase()).some((text) => {
    const once = text.replace(/^(.+?)\1+$/u, "$1");
    return [text, once, plain(text), plain(once)].some((word) => common.has(word));
  });
}

/** Little more than the words that are near at hand, however they are put together. */
function isMadeOf(words: readonly string[], password: string): boolean {
  const longestFirst = words.map((word) => word.toLowerCase()).sort((a, b) => b.length - a.length);
  const rest = longestFirst.reduce((text, word) => text.replaceAll(word, ""), password.toLowerCase());
  return rest !== password.toLowerCase() && rest.replace(/[\s\p{P}]/gu, "").length < MIN_REMAINS;
}

/** The parts of a person's name and address that are long enough to be recognised: "ravi@anvaya.example" gives ravi and anvaya. */
function partsOf(texts: readonly string[]): string[] {
  return texts.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]).filter((part) => part.length >= 3);
}

/**
 * Whether a password is too easily guessed to be used.
 * @param about what a guesser knows of the person: their name, their e-mail address
 */
export async function isEasilyGuessed(password: string, about: readonly string[]): Promise<boolean> {
  loaded ??= load();
  const { common, guessesLog10 } = await loaded;
  const near = [...NEAR_AT_HAND, ...partsOf(about)];
  if (isCommon(password, common) || isMadeOf(near, password)) return true;
  return guessesLog10(password, near) < MIN_GUESSES_LOG10;
}
