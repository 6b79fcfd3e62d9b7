import { parseRupees } from "@/lib/money";

/**
 * Writes a typed amount the Indian way: "123456.5" → "1,23,456.50". Text in, text out, digit by digit, so no
 * float ever sees it. What does not look like an amount comes back as it was, for the form's rules to refuse.
 */
export function groupIndianDigits(text: string): string {
  if (parseRupees(text) === null) return text;
  const bare = text.replace(/[₹,\s]/g, "");
  const match = /^(\d+)(?:\.(\d{0,2}))?$/.exec(bare);
  if (!match) return text;
  const whole = (match[1] ?? "").replace(/^0+(?=\d)/, "");
  const grouped = whole.replace(/(\d)(?=(\d\d)+\d$)/g, "$1,");
  return match[2] ? `${grouped}.${match[2].padEnd(2, "0")}` : grouped;
}
