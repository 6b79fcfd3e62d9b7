import { parseDay } from "@/lib/time";

/*
 * Days as people and their programs write them: 20-11-2026, 20/11/26, 20 Nov 2026, 2026-11-20. In India the day comes first; a program
 * set to another country may write the month first, and then 03/04/2026 can't be told from 4 March by itself.
 */

const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/;
const YEAR_LAST = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$/;
const IN_WORDS = /^(\d{1,2})[-/. ]*([a-z]{3,9})\.?,?[-/. ]*(\d{4}|\d{2})$/i;
const MIDNIGHT = /[T ]0{1,2}:00(:00(\.0+)?)?Z?$/;

const MONTHS = [
  ...["january", "february", "march", "april", "may", "june"],
  ...["july", "august", "september", "october", "november", "december"],
];

function monthNamed(name: string): number {
  const said = name.toLowerCase();
  // September is also cut to four letters.
  return said.length > 2 ? MONTHS.findIndex((month) => month.startsWith(said)) + 1 : 0;
}

/** Of two digits from 50 on the last century is meant, or it is a slip: 20-11-62 is no day in 2062. */
const year = (digits: string) => (digits.length === 2 ? (digits < "50" ? 2000 : 1900) : 0) + Number(digits);

/** The calendar day, as 2026-11-20, or null when there is none. */
function calendarDay(years: number, month: number, day: number): string | null {
  const text = [String(years).padStart(4, "0"), String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");
  return parseDay(text) ? text : null;
}

/** What a text may mean as a day: read with the day first, and with the month first where the text leaves that open. */
interface TypedDay {
  /** As India writes it. */
  dayFirst: string | null;
  /** As a program set to another country may have meant it; null unless that is a day too. */
  monthFirst: string | null;
}

/** Reads a day as it was typed (2026-11-20); both null when it is none. */
export function readTypedDay(typed: string): TypedDay {
  const text = typed.trim().replace(MIDNIGHT, "");
  const [, first, second, third] = YEAR_FIRST.exec(text) ?? [];
  if (first && second && third)
    return { dayFirst: calendarDay(Number(first), Number(second), Number(third)), monthFirst: null };
  const [, day, name, ofYear] = IN_WORDS.exec(text) ?? [];
  if (day && name && ofYear)
    return { dayFirst: calendarDay(year(ofYear), monthNamed(name), Number(day)), monthFirst: null };
  const [, one, two, years] = YEAR_LAST.exec(text) ?? [];
  if (!one || !two || !years) return { dayFirst: null, monthFirst: null };
  return {
    dayFirst: calendarDay(year(years), Number(two), Number(one)),
    monthFirst: calendarDay(year(years), Number(one), Number(two)),
  };
}
