import fc from "fast-check";
import { expect, test } from "vitest";
import { mintKeyText, readKeyText } from "@/features/api-keys/key-text";

test("a key carries its business, whatever the business's id", () => {
  fc.assert(
    fc.property(fc.uuid(), (businessId) => {
      const { keyText, secretHash, hint } = mintKeyText(businessId);
      expect(keyText).toMatch(/^chk_[\w-]{22}_[\w-]{43}$/);
      expect(readKeyText(keyText)).toEqual({ businessId, secretHash });
      expect(keyText.endsWith(hint)).toBe(true);
    }),
  );
});

test("any other text is no key", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(readKeyText(text)).toBeNull();
    }),
  );
});
