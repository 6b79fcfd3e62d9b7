import type { PartyAges } from "@/features/ageing/api";
import { AGES } from "@/features/ageing/rules";
import { paise, toInputText } from "@/lib/money";

export const AGEING_CSV_HEADER = [
  "Party",
  "Party's B2B ID",
  "Invoices due",
  ...AGES.map(({ words }) => `${words} (₹)`),
  "Overdue (₹)",
  "Due (₹)",
];

/** One party as a line of the export; amounts in rupees, as spreadsheets count. */
export function ageingCsvRow(ages: PartyAges): (string | number)[] {
  const amounts = [...AGES.map(({ field }) => ages[field]), ages.overduePaise, ages.duePaise];
  const { b2bId, name } = ages.counterparty;
  return [name, b2bId, ages.count, ...amounts.map((amount) => toInputText(paise(amount)))];
}
