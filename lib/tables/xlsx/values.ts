import type { NumberStyle } from "@/lib/tables/xlsx/styles";

const DAY_MS = 86_400_000;
/** Day 0 of a workbook, so that 1 March 1900 is day 61, as Excel has it: to Excel there was a 29 February that year. */
const FROM_1900 = Date.UTC(1899, 11, 30);
const FROM_1904 = Date.UTC(1904, 0, 1);

/** What the portal has years for, and more, in days of a workbook. */
const LATEST = 2_958_465;

/**
 * A day as 2026-11-20, with its time where it is shown with one; a time alone as 14:30:00. Null for what no calendar has.
 * @param value in days
 */
function dateText(value: number, shown: "day" | "time", isFrom1904: boolean): string | null {
  if (!(value >= 0 && value <= LATEST)) return null;
  const seconds = Math.round((value * DAY_MS) / 1000);
  const instant = new Date((isFrom1904 ? FROM_1904 : FROM_1900) + seconds * 1000).toISOString();
  const [day = "", time = ""] = instant.slice(0, 19).split("T");
  if (shown === "day" || time === "00:00:00") return day;
  return value < 1 ? time : `${day} ${time}`;
}

/** A workbook counts to 15 digits; what it writes beyond them (0.30000000000000004) is shown nowhere. */
function plainNumber(value: number, digits: number): string {
  const text = String(Number(value.toPrecision(15)));
  return digits > 0 && /^\d+$/.test(text) ? text.padStart(digits, "0") : text;
}

/** A cell's number as a person sees it: a day, or digits without what only dresses them. */
export function numberText(text: string, style: NumberStyle, isFrom1904: boolean): string {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) return text;
  return (style.date && dateText(value, style.date, isFrom1904)) ?? plainNumber(value, style.digits);
}

/** A character that XML can't hold is written by its number: `_x000D_`. */
export const unescaped = (text: string): string =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
