import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sectionText, TDS_SECTIONS, taxOn, tdsWarning } from "@/features/payments/tds";
import { MAX_PAISE, paise } from "@/lib/money";

test("tax is worked out to the nearest rupee", () => {
  expect(taxOn(paise(1_00_000_00), 10)).toBe(100_00);
  expect(taxOn(paise(12_345_67), 200)).toBe(247_00);
  expect(taxOn(paise(49_00), 100)).toBe(0);
  // 49.996 paise: rounding to a paisa first would make it a rupee.
  expect(taxOn(paise(499_96), 10)).toBe(0);
  expect(taxOn(paise(500_00), 10)).toBe(1_00);
  expect(taxOn(MAX_PAISE, 1000)).toBe(1_000_00_00_000_00);
});

describe("the section", () => {
  test.each([
    ["2026-03-31", ["194Q", "194C", "194C", "194J", "194H", "194I"]],
    [
      "2026-04-01",
      [
        "393(1) Sl. 8(ii), earlier 194Q",
        "393(1) Sl. 6(i), earlier 194C",
        "393(1) Sl. 6(i), earlier 194C",
        "393(1) Sl. 6(iii), earlier 194J",
        "393(1) Sl. 1(ii), earlier 194H",
        "393(1) Sl. 2(ii), earlier 194I",
      ],
    ],
  ])("of a bill of %s is of the Act in force", (day, sections) => {
    expect(TDS_SECTIONS.map((section) => sectionText(section, day))).toEqual(sections);
  });
});

describe("a warning", () => {
  const BILL = paise(1_00_000_00);

  test.each<[number, string, string | null]>([
    [100_00, "194Q", null],
    [100_00, "393(1) Sl. 8(ii)", null],
    [1_000_00, "194Q", "0.1\u00a0%"],
    [1_000_00, "393(1) 8 (ii)", "0.1\u00a0%"],
    [2_000_00, "194-C", null],
    [2_000_00, "393(1) Sl. 6(i), earlier 194C", null],
    [10_000_00, "393(1) Sl. 6(iii), earlier 194J", null],
    [10_000_00, "393(1) Sl. 6(i)", "2\u00a0%"],
    [30_000_00, "", null],
    [30_000_00, "Certificate 7", null],
    [10_000_00, "Certificate 6(i)", null],
    [30_002_00, "", "30\u00a0%"],
    [1_00_000_00, "Certificate 7", "30\u00a0%"],
  ])("of %d paise under “%s”: %s", (tax, reference, rate) => {
    const words = tdsWarning(paise(tax), reference, BILL);
    if (rate === null) expect(words).toBeNull();
    else expect(words).toContain(`more than ${rate} of the whole bill`);
  });

  test("never of what the helper fills in, whatever the part of the bill it is worked out on", () => {
    const section = fc.constantFrom(...TDS_SECTIONS);
    const day = fc.constantFrom("2026-03-31", "2026-11-20");
    fc.assert(
      fc.property(fc.integer({ min: 1, max: MAX_PAISE }), section, day, (bill, one, issued) => {
        expect(tdsWarning(taxOn(paise(bill), one.rate), sectionText(one, issued), paise(bill))).toBeNull();
      }),
    );
  });
});
