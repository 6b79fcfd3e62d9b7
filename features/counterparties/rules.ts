import { maskAccount } from "@/features/protocol/identifiers";

// What is known of a party, and what becomes of it. No clock, no database.

/** Where a party wants its money. */
export interface PartyAccount {
  number: string | null;
  ifsc: string | null;
  beneficiaryName: string | null;
  vpa: string | null;
}

export interface Party {
  name: string;
  gstin: string | null;
  account: PartyAccount;
}

/** For how long, in days, a change of account is shown to whoever could pay to it. */
export const ACCOUNT_WATCH_DAYS = 7;

/** An account number for people who only tell accounts apart by it: ••••1234. */
export function lastFour(number: string): string {
  return `••••${number.slice(-4)}`;
}

/** “Kaveri Metals' account”, “Asha's account”. */
export function possessive(name: string): string {
  return /s$/i.test(name) ? `${name}'` : `${name}'s`;
}

/** The usual `GSTIN@BCB` and `PAN@BCB` have an @ with something on both sides; the network allows nearly anything else, too. */
function isUsualB2bId(b2bId: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(b2bId.trim());
}

/** What to say beside a B2B ID that looks unusual; undefined for one that doesn't, and for none. */
export function b2bIdHint(b2bId: string): string | undefined {
  if (b2bId.trim() === "" || isUsualB2bId(b2bId)) return undefined;
  return "B2B IDs usually look like 29AAGCB7383J1Z4@BCB, with an @: check it.";
}

/** A B2B ID as it is usually written: what was typed without blanks, in capitals, and with `@BCB` where nothing follows an @. */
export function usualB2bId(typed: string): string {
  const bare = typed.replace(/\s/g, "").toUpperCase();
  return bare === "" || bare.includes("@") ? bare : `${bare}@BCB`;
}

/** What to say beside one that was typed, or stands in a file, and is nobody's that is known: in small letters it is another one. */
export function typedB2bIdHint(b2bId: string): string | undefined {
  const hint = b2bIdHint(b2bId);
  if (hint || usualB2bId(b2bId) === b2bId.trim()) return hint;
  return "B2B IDs are usually in capitals, like 29AAGCB7383J1Z4@BCB: check it.";
}

const ACCOUNT_PARTS = ["number", "ifsc", "beneficiaryName", "vpa"] as const satisfies (keyof PartyAccount)[];

export function isSameAccount(a: PartyAccount, b: PartyAccount): boolean {
  return ACCOUNT_PARTS.every((part) => a[part] === b[part]);
}

export function isSameParty(a: Party, b: Party): boolean {
  return a.name === b.name && a.gstin === b.gstin && isSameAccount(a.account, b.account);
}

/** One side of a change as the audit trail keeps it: the name, and of the rest only what is not the same on both sides. */
export interface PartyChange {
  name: string;
  gstin?: string | null;
  /** The number with all but its last four characters hidden. */
  account?: Partial<PartyAccount>;
}

/** What changed, before and after, without any account number in full. */
export function changeOf(was: Party, is: Party): [PartyChange, PartyChange] {
  const parts = ACCOUNT_PARTS.filter((part) => was.account[part] !== is.account[part]);
  const side = ({ name, gstin, account }: Party): PartyChange => {
    const shown = { ...account, number: account.number === null ? null : maskAccount(account.number) };
    return {
      name,
      ...(was.gstin !== is.gstin && { gstin }),
      ...(parts.length > 0 && { account: Object.fromEntries(parts.map((part) => [part, shown[part]])) }),
    };
  };
  return [side(was), side(is)];
}

/**
 * What a party that lives on this portal says of itself, beside what is kept of it: what it has not said stays as it is. Where it wants
 * its money is the concern of those that it sends bills to.
 */
export function toldBy(theirs: Party, kept: Party, isSupplier: boolean): Party {
  const says = isSupplier && (theirs.account.number !== null || theirs.account.vpa !== null);
  return { name: theirs.name, gstin: theirs.gstin ?? kept.gstin, account: says ? theirs.account : kept.account };
}
