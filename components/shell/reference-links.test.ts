import { expect, test } from "vitest";
import { portalNavigation } from "./navigation";
import { homeHref, referenceHref } from "./reference-links";

test("the way home from the reference leads to the business that its reader came from", () => {
  const [docs] = portalNavigation("acme", {}).flatMap(({ items }) => items.filter(({ label }) => label === "API docs"));
  expect(docs?.href).toBe("/docs/api?from=acme");
  const from = new URL(docs?.href ?? "", "http://portal").searchParams.get("from") ?? undefined;
  expect(referenceHref("v0", from)).toBe("/docs/api/v0?from=acme");
  expect(homeHref(from)).toBe("/b/acme");
});

test("who comes from no business is led to their own first one, and nobody off the portal", () => {
  expect([referenceHref("v1", undefined), homeHref(undefined), homeHref("")]).toEqual(["/docs/api", "/", "/"]);
  for (const from of ["//evil.example", "https://evil.example", "\\evil.example", "x/../..?y#z", "27AA@BCB"])
    expect(new URL(homeHref(from), "http://portal").href).toBe(`http://portal/b/${encodeURIComponent(from)}`);
});
