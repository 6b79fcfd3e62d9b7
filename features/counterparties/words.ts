import { lastFour, type PartyAccount, type PartyChange, possessive } from "@/features/counterparties/rules";

/** One thing that was changed, as people are shown it; null where nothing was said. */
interface Part {
  label: string;
  was: string | null;
  is: string | null;
}

/** Where money goes comes first: it is what people look for. */
const ACCOUNT_LABELS = [
  ["number", "account"],
  ["vpa", "UPI address"],
  ["ifsc", "IFSC"],
  ["beneficiaryName", "account holder"],
] as const satisfies [keyof PartyAccount, string][];

function changedParts(before: Partial<PartyChange>, after: Partial<PartyChange>): Part[] {
  const [was, is] = [before.account ?? {}, after.account ?? {}];
  const shown = (part: keyof PartyAccount, value?: string | null) =>
    value && part === "number" ? lastFour(value) : (value ?? null);
  const account = ACCOUNT_LABELS.filter(([part]) => part in was || part in is).map(([part, label]) => ({
    label,
    was: shown(part, was[part]),
    is: shown(part, is[part]),
  }));
  const gstin = "gstin" in after ? [{ label: "GSTIN", was: before.gstin ?? null, is: after.gstin ?? null }] : [];
  return [...account, ...gstin];
}

function wordsOf(whose: string, { label, was, is }: Part): string {
  if (was === null) return `Entered ${whose} ${label}: ${is}`;
  if (is === null) return `Removed ${whose} ${label}: ${was}`;
  // Two numbers that end alike.
  if (was === is) return `Changed ${whose} ${label}: it ends in ${is} as before`;
  return `Changed ${whose} ${label} from ${was} to ${is}`;
}

/** “account from ••••1234 to ••••5678”, “UPI address removed: km@bank”. */
export function changedPartWords({ label, was, is }: Part): string {
  if (was === null) return `${label} entered: ${is}`;
  return is === null ? `${label} removed: ${was}` : `${label} from ${was} to ${is}`;
}

/** “account ••••1234 (you have ••••5678), no UPI address (you have km@bank)”: what a party says of itself that is not known so. */
export function partyDifferences(kept: Partial<PartyChange>, theirs: Partial<PartyChange>): string {
  const name =
    theirs.name && theirs.name !== kept.name ? [{ label: "name", was: kept.name ?? null, is: theirs.name }] : [];
  return [...name, ...changedParts(kept, theirs)]
    .map(({ label, was, is }) => `${is === null ? `no ${label}` : `${label} ${is}`} (you have ${was ?? "none"})`)
    .join(", ");
}

/** What was changed about a party, as its event of the audit trail has it. */
export function partyChangeWords(
  before: Partial<PartyChange>,
  after: Partial<PartyChange>,
): { words: string; detail: string | null } {
  const name = after.name ?? "a party";
  const renamed = before.name !== undefined && before.name !== name;
  const [first, ...others] = changedParts(before, after);
  if (!first) return { words: renamed ? `Renamed ${before.name} to ${name}` : `Changed ${name}`, detail: null };
  const details = [...others.map(changedPartWords), ...(renamed ? [`name from ${before.name} to ${name}`] : [])];
  return { words: wordsOf(possessive(name), first), detail: details.join(", ") || null };
}
