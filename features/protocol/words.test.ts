import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ACCOUNT_NUMBER,
  B2B_ID,
  GSTIN,
  gstinCheckDigit,
  IFSC,
  isGstin,
  PAN,
  PAYMENT_ID,
  panFromGstin,
  VPA,
} from "@/features/protocol/identifiers";
import {
  INVOICE_STATUS_LABELS,
  INVOICE_STATUSES,
  MODE_LABELS,
  modeFromWire,
  modeToWire,
  PAYMENT_MODES,
  statusToWire,
} from "@/features/protocol/status-words";
import { isRtgsUtr, utrKey, utrWarning } from "@/features/protocol/utr";
import { WIRE_MODES } from "@/features/protocol/vocabulary";
import { PaymentMode } from "@/lib/generated/prisma/enums";

describe("modes and statuses", () => {
  test("every mode of the wire has an identifier and back, a label, and is the database's", () => {
    expect(WIRE_MODES.map((mode) => modeToWire(modeFromWire(mode)))).toEqual([...WIRE_MODES]);
    expect(modeFromWire("INTERNET BANKING")).toBe("INTERNET_BANKING");
    expect(Object.keys(MODE_LABELS)).toEqual(PAYMENT_MODES);
    expect(Object.values(PaymentMode)).toEqual(PAYMENT_MODES);
  });

  test("the portal's statuses go over the wire with blanks", () => {
    expect(statusToWire("PAYMENT_INITIATED")).toBe("PAYMENT INITIATED");
    expect(INVOICE_STATUSES.map(statusToWire).join()).not.toContain("_");
    for (const labels of Object.values(INVOICE_STATUS_LABELS))
      expect(Object.keys(labels)).toEqual([...INVOICE_STATUSES]);
  });
});

describe("UTR warnings", () => {
  test.each([
    ["NEFT", "HDFCN26324123456"],
    ["IMPS", "632414123456"],
    ["UPI", " 632414123456 "],
    ["CHEQUE", "004417"],
    ["CASH", "voucher 7"],
    ["ACCOUNT_TRANSFER", "HDFCR52026112012345678"],
    ["NEFT", ""],
  ] as const)("%s %j looks right", (mode, utr) => {
    expect(utrWarning(mode, utr)).toBeNull();
  });

  test.each([
    ["NEFT", "HDFCN2632412345", "16 letters and digits"],
    ["IMPS", "63241412345X", "12 digits"],
    ["UPI", "1234", "12 digits"],
    ["CHEQUE", "4417", "6 digits"],
    ["NEFT", "HDFCR52026112012345678", "RTGS"],
    ["IMPS", "HDFCR52026112012345678", "12 digits"],
  ] as const)("%s %j: %s", (mode, utr, words) => {
    expect(utrWarning(mode, utr)).toContain(words);
  });

  test.each([
    ["in groups of four, in small letters", "hdfc n520 2611 2012", "HDFCN52026112012"],
    ["with signs", "HDFC-N520/26112012.", "HDFCN52026112012"],
    ["with characters that nobody sees", "HDFC\u034FN52026\u200B112012\uFE0F", "HDFCN52026112012"],
    ["with zeros in front, of a number or not", "00632412345678", "632412345678"],
    ["with zeros in front, of a number or not", "0HDFCN52026112012", "HDFCN52026112012"],
  ])("is the same however it is written: %s", (_, utr, key) => {
    expect(utrKey(utr)).toBe(key);
  });

  test("of signs alone, or of zeros, has nothing to tell transfers apart by", () => {
    expect(["", "--", "0000", "\u0928\u0915\u0926"].map(utrKey)).toEqual(["", "", "", ""]);
  });

  test("an RTGS UTR", () => {
    expect(isRtgsUtr("HDFCR52026112012345678")).toBe(true);
    expect(isRtgsUtr("HDFCR5202611201234567")).toBe(false);
  });
});

describe("identifiers", () => {
  test("GSTINs by their check digit, and the PAN inside", () => {
    expect(isGstin("27AAPFU0939F1ZV")).toBe(true);
    expect(panFromGstin("27AAPFU0939F1ZV")).toBe("AAPFU0939F");
    expect(isGstin("27AAPFU0939F1ZW")).toBe(false);
    // Whose sum is a multiple of 36.
    expect(isGstin("27AAPFU0059F1Z0")).toBe(true);
    expect(isGstin("27aapfu0939f1zv")).toBe(false);
    expect(panFromGstin("27AAPFU0939F1ZW")).toBeNull();
    expect(gstinCheckDigit("27AAPFU0939F1")).toBeNull();
  });

  test("one mistyped character of a GSTIN is always found", () => {
    const character = fc.constantFrom(..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    fc.assert(
      fc.property(fc.nat({ max: 14 }), character, (at, typed) => {
        const right = "29AAGCB7383J1Z4";
        const mistyped = right.slice(0, at) + typed + right.slice(at + 1);
        expect(isGstin(mistyped)).toBe(mistyped === right);
      }),
    );
  });

  test.each([
    ["IFSC", IFSC, "HDFC0000123", "HDFC1000123"],
    ["PAN", PAN, "AAPFU0939F", "AAPFU09390"],
    ["GSTIN", GSTIN, "27AAPFU0939F1ZV", "27AAPFU0939F0ZV"],
    ["account number", ACCOUNT_NUMBER, "50100200300400", "50100 200300400"],
    ["UPI address", VPA, "kaveri.metals@hdfcbank", "kaveri metals@hdfcbank"],
    [
      "UPI address as long as the wire's, 255 characters",
      VPA,
      `${"k".repeat(190)}@${"b".repeat(64)}`,
      `${"k".repeat(191)}@hdfc`,
    ],
    ["B2B ID", B2B_ID, "27AAPFU0939F1ZV@BCB", 'a"b'],
    ["B2B ID of 100 characters, whatever they are", B2B_ID, "😀".repeat(100), "😀".repeat(101)],
    ["payment id", PAYMENT_ID, `TTT${"0".repeat(32)}`, `INV${"0".repeat(32)}`],
  ])("%s", (_name, { pattern }, right, wrong) => {
    expect(right).toMatch(pattern);
    expect(wrong).not.toMatch(pattern);
  });
});
