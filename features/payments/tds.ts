import { add, nearestRupee, type Paise, paise, shareOf } from "@/lib/money";

/*
 * Tax deducted at source, as far as a pay form helps with it.
 *
 * The Income-tax Act, 2025 is in force since 1 April 2026. Its section 393(1) has one table for payments to residents where the Act of 1961
 * had a section each. The entries, from the text of that table: 1(ii) commission (earlier 194H), 2(ii) rent (194I), 6(i) contractors (194C),
 * 6(iii) professional fees (194J), 8(ii) goods (194Q); rates are as they were. Tax is deducted when a sum is credited or paid, whichever
 * comes first, so a bill of before that day keeps the old section. Cash: section 36 (earlier 40A(3)) and section 186 (earlier 269ST).
 */

/** The first day under the Income-tax Act, 2025. */
export const NEW_TAX_ACT = "2026-04-01";

export interface TdsSection {
  nature: string;
  /** Its serial number in the table of section 393(1) of the Act of 2025. */
  entry: string;
  /** Its section in the Act of 1961. */
  earlier: string;
  /** In basis points: 1 % is 100. Rates change, and those without a PAN pay more: what is worked out stays editable. */
  rate: number;
}

/** Rates of GST that a bill may hold, in basis points: those of the Council's rates since 22 September 2025, and 12 and 28 % from before. */
export const GST_RATES: readonly number[] = [0, 300, 500, 1200, 1800, 2800, 4000];

/** Usual ones between businesses. */
export const TDS_SECTIONS: readonly TdsSection[] = [
  { nature: "Goods", entry: "8(ii)", earlier: "194Q", rate: 10 },
  { nature: "Contractor (individual)", entry: "6(i)", earlier: "194C", rate: 100 },
  { nature: "Contractor (company)", entry: "6(i)", earlier: "194C", rate: 200 },
  { nature: "Professional fees", entry: "6(iii)", earlier: "194J", rate: 1000 },
  { nature: "Commission", entry: "1(ii)", earlier: "194H", rate: 200 },
  { nature: "Rent", entry: "2(ii)", earlier: "194I", rate: 1000 },
];

/** Whether a part of an adjustment is tax deducted at source: other platforms write it in letters of their own. */
export const isTds = ({ name }: { name: string }): boolean => name.trim().toUpperCase() === "TDS";

/** The section as a bill of that day (2026-11-20) names it. */
export function sectionText({ entry, earlier }: TdsSection, issueDate: string): string {
  return issueDate < NEW_TAX_ACT ? earlier : `393(1) Sl. ${entry}, earlier ${earlier}`;
}

/** A rate in basis points for people, on one line: 0.1 %. */
export const rateText = (rate: number): string => `${rate / 100}\u00a0%`;

/** Tax on a base at a rate in basis points, to the nearest rupee as deductors pay it, in paise. */
export function taxOn(base: Paise, rate: number): Paise {
  return nearestRupee(shareOf(base, rate));
}

/** No usual payment between businesses has more taken off. */
const HIGHEST_RATE = 3000;
const ONE_RUPEE = paise(100);

/** The highest rate of the section that a reference names, old or new; null when it names none of ours. */
function rateOf(reference: string): number | null {
  const text = reference.replace(/[\s-]/g, "").toUpperCase();
  const isNew = text.includes("393");
  const named = TDS_SECTIONS.filter(
    ({ entry, earlier }) => text.includes(earlier) || (isNew && text.includes(entry.toUpperCase())),
  );
  return named.length > 0 ? Math.max(...named.map(({ rate }) => rate)) : null;
}

/** What is unusual about a bill's TDS, in words; null when nothing is. A reason to ask, not to refuse. */
export function tdsWarning(tax: Paise, reference: string, billTotal: Paise): string | null {
  const known = rateOf(reference);
  const rate = known ?? HIGHEST_RATE;
  // A rupee more is rounding.
  if (tax <= add(shareOf(billTotal, rate), ONE_RUPEE)) return null;
  return `This TDS is more than ${rateText(rate)} of the whole bill${known === null ? "" : ", the rate of that section"}. Please check it.`;
}
