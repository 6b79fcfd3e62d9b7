import { expect, test } from "vitest";
import { scrub, scrubError, scrubText } from "@/lib/scrub";

test("secrets are known by the names of their fields, at any depth", () => {
  const fields = {
    headers: { authorization: "Bearer x", cookie: "a=b", accept: "*/*" },
    supplier: { bankAccountNumber: "001234567890", name: "Acme" },
    list: [{ newPassword: "hunter2" }],
    AUTH_SECRET: "s",
  };
  expect(scrub(fields)).toEqual({
    headers: { authorization: "[redacted]", cookie: "[redacted]", accept: "*/*" },
    supplier: { bankAccountNumber: "[redacted]", name: "Acme" },
    list: [{ newPassword: "[redacted]" }],
    AUTH_SECRET: "[redacted]",
  });
});

test("secrets are known inside running text", () => {
  expect(scrubText("key chk_AbCdEfGhIjKl was refused")).toBe("key chk_[redacted] was refused");
  expect(scrubText("Authorization: Bearer abc.def")).toBe("Authorization: Bearer [redacted]");
  expect(scrubText("postgresql://chukta:pass@db:5432/x")).toBe("postgresql://chukta:[redacted]@db:5432/x");
  expect(scrubText("whsec_Y2h1a3Rh is old")).toBe("whsec_[redacted] is old");
});

test("an error keeps its kind and code, and loses its secrets, its cause's too", () => {
  const cause = new Error("whsec_Y2h1a3RhLWRlbW8=");
  const error = Object.assign(new TypeError("Bearer abcdef", { cause }), { code: "P2002", meta: { token: "t" } });
  const shown = JSON.stringify(scrubError(error));
  expect(shown).toContain("TypeError");
  expect(shown).toContain("P2002");
  expect(shown).not.toMatch(/abcdef|Y2h1a3Rh|"t"/);
});

test("what refers to itself ends", () => {
  const loop: Record<string, unknown> = {};
  loop.self = loop;
  expect(JSON.stringify(scrub(loop))).toContain("[deeper]");
});
