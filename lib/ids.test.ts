import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { paymentObjectId } from "@/features/protocol/fields";
import { mintInvoiceObjectId, mintPaymentObjectId, mintReqMsgId, uuidv7 } from "@/lib/ids";

const instant = fc.integer({ min: 0, max: 2 ** 48 - 1 });

describe("ids", () => {
  test("a UUIDv7: version, variant, and the milliseconds in front", () => {
    fc.assert(
      fc.property(instant, (now) => {
        const id = uuidv7(now);
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(now);
      }),
    );
  });

  test("sort by the time they were made", () => {
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        fc.pre(a < b);
        expect(uuidv7(a) < uuidv7(b)).toBe(true);
      }),
    );
  });

  test("within a millisecond, in the order of their making, whatever is made between them", () => {
    const now = 1_763_627_700_000;
    const pairs = Array.from({ length: 1_000 }, () => [uuidv7(now), uuidv7(now + 1)]);
    const ids = pairs.map(([id]) => id);
    expect(ids.toSorted()).toEqual(ids);
  });

  test("are never the same twice, also within a millisecond", () => {
    expect(new Set(Array.from({ length: 10_000 }, () => uuidv7(1_763_627_700_000))).size).toBe(10_000);
  });

  test("of payments, invoices and messages fit the wire", () => {
    expect(paymentObjectId.safeParse(mintPaymentObjectId()).success).toBe(true);
    expect(mintPaymentObjectId()).toMatch(/^PMT[0-9a-f]{32}$/);
    expect(mintInvoiceObjectId()).toMatch(/^INV[0-9a-f]{32}$/);
    expect(mintReqMsgId()).toMatch(/^REQ[0-9a-f]{32}$/);
  });
});
