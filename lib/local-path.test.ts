import fc from "fast-check";
import { expect, test } from "vitest";
import { localPath } from "@/lib/local-path";

test("a place in the portal is kept", () => {
  expect(localPath("/b/acme/bills?status=PAID#top")).toBe("/b/acme/bills?status=PAID#top");
});

test.each([
  "//evil.example",
  "/\\evil.example",
  "https://evil.example",
  "javascript:alert(1)",
  "",
  null,
  undefined,
  "/sign-in?next=/",
])("%s leads home", (next) => {
  expect(localPath(next)).toBe("/");
});

test("whatever it is given, it stays on this site", () => {
  const text = fc.string({ unit: fc.constantFrom("/", "\\", "\t", "\n", "a", ".", ":", "@", "?", "#") });
  fc.assert(
    fc.property(text, (next) => {
      expect(new URL(localPath(next), "https://portal.example").origin).toBe("https://portal.example");
    }),
  );
});
