/** Where "now" comes from, so that a test can hold it still. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();

const IST_OFFSET_MS = 330 * 60_000;

/** The instant as ISO 8601 with India's offset, to the second: 2026-11-20T14:05:00+05:30 (docs/protocol.md, `ts`). */
export function toWireTimestamp(instant: Date): string {
  return `${new Date(instant.getTime() + IST_OFFSET_MS).toISOString().slice(0, 19)}+05:30`;
}

/** What a day must be to be taken, in words. */
export const TAKEN_YEARS = "of the years 2000 to 2100";

/** Whether a calendar day (2026-11-20) is of the years 2000 to 2100. */
export function isTakenDay(day: string): boolean {
  return day >= "2000-01-01" && day <= "2100-12-31";
}

/**
 * Whether an instant's day in India is of the years 2000 to 2100. Others are slips of a hand or a program, and those around the years 0
 * and 9999 are not even written the same by PostgreSQL, JavaScript and ISO 8601.
 */
export function isTakenInstant(instant: Date): boolean {
  return !Number.isNaN(instant.getTime()) && isTakenDay(toIstDay(instant));
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(Z|[+-]\d{2}(?::?\d{2})?)$/i;

/**
 * An ISO 8601 instant that carries an offset, in the extended form (with hyphens and colons), of the years 2000 to 2100.
 * @returns null for anything else, a day that is not in the calendar included.
 */
export function parseInstant(text: string): Date | null {
  const match = INSTANT.exec(text);
  if (!match || !parseDay(match[1] ?? "")) return null;
  const offset = (match[2] ?? "").toUpperCase();
  const withColon =
    offset === "Z" || offset.includes(":") ? offset : `${offset.slice(0, 3)}:${offset.slice(3) || "00"}`;
  const instant = new Date(
    text
      .slice(0, text.length - offset.length)
      .toUpperCase()
      .replace(",", ".") + withColon,
  );
  return isTakenInstant(instant) ? instant : null;
}

/** The calendar day in India at that instant: 2026-11-20. */
export function toIstDay(instant: Date): string {
  return new Date(instant.getTime() + IST_OFFSET_MS).toISOString().slice(0, 10);
}

/** The time of day in India at that instant, as a field for times has it: 14:05. */
export function toIstTime(instant: Date): string {
  return new Date(instant.getTime() + IST_OFFSET_MS).toISOString().slice(11, 16);
}

/** When a calendar day (2026-11-20) begins in India. */
export function istMidnight(day: string): Date {
  return new Date(`${day}T00:00:00+05:30`);
}

/**
 * A calendar day (2026-11-20) as the midnight UTC that a DATE column gives and takes.
 * @returns null when there is no such day.
 */
export function parseDay(day: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) ? date : null;
}

/** The calendar day that a DATE column holds: 2026-11-20. */
export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A calendar day for people: 20 Nov 2026. */
export function formatDay(day: string): string {
  const [year, month, date] = day.split("-").map(Number);
  return `${date} ${MONTHS[(month ?? 1) - 1]} ${year}`;
}

/** The day in India for people: 20 Nov 2026. */
export function formatDate(instant: Date): string {
  return formatDay(toIstDay(instant));
}

/** The time in India for people, where its day stands beside it: 2:05 pm. */
export function formatTime(instant: Date): string {
  const ist = new Date(instant.getTime() + IST_OFFSET_MS);
  const hours = ist.getUTCHours();
  const minutes = String(ist.getUTCMinutes()).padStart(2, "0");
  return `${hours % 12 || 12}:${minutes} ${hours < 12 ? "am" : "pm"}`;
}

/** Day and time in India for people: 20 Nov 2026, 2:05 pm IST. */
export function formatDateTime(instant: Date): string {
  return `${formatDate(instant)}, ${formatTime(instant)} IST`;
}

/** Whole days from one calendar day to another; negative when `to` comes first. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** Whole days of India's calendar from an instant to a day; 0 where it is still to come. */
export const daysSince = (instant: Date, today: string): number => Math.max(0, daysBetween(toIstDay(instant), today));

/** India's financial year of a calendar day, by the year it begins in: 2026-11-20 → "2026-27". It starts on 1 April. */
export function financialYear(day: string): string {
  const year = Number(day.slice(0, 4)) - (Number(day.slice(5, 7)) < 4 ? 1 : 0);
  return `${year}-${String((year + 1) % 100).padStart(2, "0")}`;
}

/** The calendar day that is `days` later; earlier when negative. */
export function addDays(day: string, days: number): string {
  return dayOf(new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000));
}
