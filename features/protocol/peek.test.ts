import fc from "fast-check";
import { expect, test } from "vitest";
import { REQ_PAY_CONFIRMATION_EXAMPLE, REQ_PAY_EXAMPLE } from "@/features/protocol/examples";
import { peekIds } from "@/features/protocol/peek";
import { storableText } from "@/features/protocol/storable-text";

test("the ids of both kinds of message", () => {
  const ids = {
    buyerB2BId: "27AAPFU0939F1ZV@BCB",
    supplierB2BId: "29AAGCB7383J1Z4@BCB",
    objectId: "PMT019aa0d5c1f07c3e8a4b5d6e7f809102",
  };
  expect(peekIds(REQ_PAY_EXAMPLE)).toEqual(ids);
  expect(peekIds(REQ_PAY_CONFIRMATION_EXAMPLE)).toEqual(ids);
});

test("anything else has none, and is no trouble", () => {
  const none = { buyerB2BId: null, supplierB2BId: null, objectId: null };
  const long = { b2bIds: { buyerB2BId: "x".repeat(101), supplierB2BId: 1 }, payment: { objectId: "" } };
  for (const value of [null, "text", [], {}, long, { b2bIds: null, payment: [] }]) expect(peekIds(value)).toEqual(none);
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(peekIds(value)).toBeTypeOf("object");
    }),
  );
});

test("any bytes become text that can be stored, of bounded length", () => {
  expect(storableText(new TextEncoder().encode("a\0b₹"), 100)).toBe("a\uFFFDb₹");
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const text = storableText(bytes, 100);
      expect(text).not.toContain("\0");
      expect(text.isWellFormed()).toBe(true);
      expect(text.length).toBeLessThanOrEqual(100);
    }),
  );
});
