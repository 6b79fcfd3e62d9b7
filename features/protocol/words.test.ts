import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  gstinCheckDigit,
  isB2BId,
  isGstin,
  isIfsc,
  isPan,
  isUsualB2BId,
  isVpa,
  panFromGstin,
} from "@/features/protocol/identifiers";
import {
  INVOICE_STATUS_LABELS,
  INVOICE_STATUSES,
  MODE_LABELS,
  modeFromWire,
  modeToWire,
  PAYMENT_MODES,
  statusFromWire,
  statusToWire,
} from "@/features/protocol/status-words";
import { isRtgsUtr, utrWarning } from "@/features/protocol/utr";
import { WIRE_MODES } from "@/features/protocol/vocabulary";
import { PaymentMode } from "@/lib/generated/prisma/enums";

describe("modes and statuses", () => {
  test("every mode of the wire has an identifier and back, a label, and is the database's", () => {
    expect(WIRE_MODES.map((mode) => modeToWire(modeFromWire(mode)))).toEqual([...WIRE_MODES]);
    expect(modeFromWire("INTERNET BANKING")).toBe("INTERNET_BANKING");
    expect(Object.keys(MODE_LABELS)).toEqual(PAYMENT_MODES);
    expect(Object.values(PaymentMode)).toEqual(PAYMENT_MODES);
  });

  test("the portal's statuses go over the wire with blanks; others are not the portal's", () => {
    expect(statusToWire("PAYMENT_INITIATED")).toBe("PAYMENT INITIATED");
    expect(INVOICE_STATUSES.map((status) => statusFromWire(statusToWire(status)))).toEqual([...INVOICE_STATUSES]);
    expect(Object.keys(INVOICE_STATUS_LABELS)).toEqual([...INVOICE_STATUSES]);
    expect(statusFromWire("DISPUTED")).toBeNull();
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
  ] as const)("%s %j: %s", (mode, utr, words) => {
    expect(utrWarning(mode, utr)).toContain(words);
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
    [isIfsc, "HDFC0000123", "HDFC1000123"],
    [isPan, "AAPFU0939F", "AAPFU09390"],
    [isVpa, "kaveri.metals@hdfcbank", "kaveri metals@hdfcbank"],
    [isB2BId, "27AAPFU0939F1ZV@BCB", 'a"b'],
    [isUsualB2BId, "27AAPFU0939F1ZV@BCB", "27AAPFU0939F1ZW@BCB"],
    [isUsualB2BId, "AAPFU0939F@BCB", "AAPFU0939F@XYZ"],
  ])("%o takes %s, not %s", (check, right, wrong) => {
    expect(check(right)).toBe(true);
    expect(check(wrong)).toBe(false);
  });
});
