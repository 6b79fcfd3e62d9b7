import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addDays,
  dayOf,
  daysBetween,
  financialYear,
  formatDate,
  formatDateTime,
  formatDay,
  parseDay,
  parseInstant,
  toIstDay,
  toWireTimestamp,
} from "@/lib/time";

const instant = fc.date({ min: new Date("2000-01-01"), max: new Date("2100-12-31T18:29:59Z"), noInvalidDate: true });
const day = instant.map(dayOf);

describe("instants on the wire", () => {
  test("are written with India's offset, to the second, and read back", () => {
    fc.assert(
      fc.property(instant, (date) => {
        const text = toWireTimestamp(date);
        expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+05:30$/);
        expect(parseInstant(text)?.getTime()).toBe(Math.floor(date.getTime() / 1000) * 1000);
        expect(text.slice(0, 10)).toBe(toIstDay(date));
      }),
    );
  });

  test("are read with any offset", () => {
    const offset = fc.tuple(fc.constantFrom("+", "-"), fc.nat(14), fc.constantFrom(0, 15, 30, 45));
    fc.assert(
      fc.property(instant, offset, fc.boolean(), (date, [sign, hours, minutes], colon) => {
        const shift = (sign === "+" ? 1 : -1) * (hours * 60 + minutes) * 60_000;
        const local = new Date(date.getTime() + shift).toISOString().slice(0, -1);
        const two = (n: number) => String(n).padStart(2, "0");
        expect(parseInstant(`${local}${sign}${two(hours)}${colon ? ":" : ""}${two(minutes)}`)).toEqual(date);
      }),
    );
  });

  test.each([
    ["2026-11-20T14:05:00+05:30", "2026-11-20T08:35:00.000Z"],
    ["2026-11-20T14:05+0530", "2026-11-20T08:35:00.000Z"],
    ["2026-11-20T08:35:00Z", "2026-11-20T08:35:00.000Z"],
    ["2026-11-20t08:35:00.5z", "2026-11-20T08:35:00.500Z"],
    ["2026-11-20T08:35:00,123456789Z", "2026-11-20T08:35:00.123Z"],
    ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"],
    ["2026-11-20T14:05:00+05", "2026-11-20T09:05:00.000Z"],
    ["2026-11-20T14:05-11", "2026-11-21T01:05:00.000Z"],
    ["2000-01-01T00:00:00+05:30", "1999-12-31T18:30:00.000Z"],
    ["2100-12-31T23:59:59+05:30", "2100-12-31T18:29:59.000Z"],
  ])("%s", (text, expected) => {
    expect(parseInstant(text)?.toISOString()).toBe(expected);
  });

  test.each([
    "2026-11-20T14:05:00",
    "2026-11-20",
    "20 Nov 2026",
    "2026-02-29T00:00:00Z",
    "2026-11-31T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-11-20T25:00:00Z",
    "2026-11-20T10:60:00Z",
    "2026-11-20T10:00:00+25:00",
    "2026-11-20T10:00:00+05:99",
    "2026-11-20 10:00:00Z",
    "2026-11-20T10:00:00+24",
    "2026-11-20T10:00:00+5",
    "20261120T100000+0530",
    "0000-01-01T00:00:00Z",
    "1999-12-31T18:29:59Z",
    "2100-12-31T18:30:00Z",
    "9999-12-31T23:59:59-12:00",
    "1763627700",
    "",
  ])("%j is none", (text) => {
    expect(parseInstant(text)).toBeNull();
  });
});

describe("days", () => {
  test("in India begin at half past six in the evening, UTC", () => {
    expect(toIstDay(new Date("2026-11-20T18:29:59Z"))).toBe("2026-11-20");
    expect(toIstDay(new Date("2026-11-20T18:30:00Z"))).toBe("2026-11-21");
  });

  test("count to and fro", () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -20_000, max: 20_000 }), (from, days) => {
        expect(daysBetween(from, addDays(from, days))).toBe(days);
        expect(dayOf(parseDay(from) ?? new Date(0))).toBe(from);
      }),
    );
  });

  test.each(["2026-02-29", "2026-00-10", "2026-1-1", "26-01-01", "2026-11-20T00:00:00Z", ""])("%j is none", (text) => {
    expect(parseDay(text)).toBeNull();
  });

  test.each([
    ["2026-03-31", "2025-26"],
    ["2026-04-01", "2026-27"],
    ["2026-11-20", "2026-27"],
    ["2027-03-31", "2026-27"],
    ["1999-04-01", "1999-00"],
    ["2099-12-31", "2099-00"],
  ])("%s is in the financial year %s", (text, year) => {
    expect(financialYear(text)).toBe(year);
  });
});

test("days and times for people, in India", () => {
  expect(formatDay("2026-11-05")).toBe("5 Nov 2026");
  expect(formatDate(new Date("2026-11-20T20:00:00Z"))).toBe("21 Nov 2026");
  const times = ["2026-11-20T08:35:00Z", "2026-11-19T18:30:00Z", "2026-11-20T06:30:00Z"];
  expect(times.map((text) => formatDateTime(new Date(text)))).toEqual([
    "20 Nov 2026, 2:05 pm IST",
    "20 Nov 2026, 12:00 am IST",
    "20 Nov 2026, 12:00 pm IST",
  ]);
});
