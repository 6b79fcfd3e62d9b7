import { expect, test } from "vitest";
import { upiLink } from "@/features/payments/upi-link";
import { paise } from "@/lib/money";

test("a UPI link has everything that the app needs, blanks and ampersands escaped", () => {
  const link = upiLink({
    vpa: "kaverimetals@axisbank",
    name: "Kaveri Metals & Sons",
    net: paise(98_000_50),
    reference: `PMT${"a".repeat(32)}`,
    note: `KM/26-27/141 ${"x".repeat(60)}`,
  });
  expect(link).toBe(
    `upi://pay?pa=kaverimetals@axisbank&pn=Kaveri%20Metals%20%26%20Sons&am=98000.50&cu=INR&tr=PMT${"a".repeat(32)}&tn=KM%2F26-27%2F141%20${"x".repeat(37)}`,
  );
  const read = new URL(link).searchParams;
  expect(read.get("pn")).toBe("Kaveri Metals & Sons");
  expect(read.get("tr")).toHaveLength(35);
  expect(read.get("tn")).toHaveLength(50);
});

test("a note is cut between characters, whatever they are", () => {
  const payment = { vpa: "a@b", name: "A", net: paise(100), reference: "PMT1" };
  const link = upiLink({ ...payment, note: `${"x".repeat(49)}😀😀` });
  expect(new URL(link).searchParams.get("tn")).toBe(`${"x".repeat(49)}😀`);
});
