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

test("account numbers are masked, by their fields' names and wherever they stand in a text", () => {
  expect(scrub({ account: { bankAccountNumber: "50100234567812" }, accountNumber: 12345678901 })).toEqual({
    account: { bankAccountNumber: "[redacted]" },
    accountNumber: "[redacted]",
  });
  expect(scrubText("paid into 50100234567812.")).toBe("paid into XXXX7812.");
  expect(scrubText("paid into 501002345678123456.")).toBe("paid into XXXX3456.");
  expect(scrubText('"50100234567812","123456789"')).toBe('"XXXX7812","XXXX6789"');
  expect(scrubText("account-501002345678")).toBe("account-XXXX5678");
  // As Prisma repeats a query's arguments in what it throws.
  const query = `Invalid invocation: { data: { bankAccountNumber: "AB12CD34EF56", accountNumber=99887766, name: "Acme" } }`;
  const shown = JSON.stringify(scrubError(new Error(query)));
  expect(shown).not.toMatch(/AB12CD34EF56|99887766/);
  expect(shown).toContain("Acme");
});

test("ids, amounts, times and short numbers are not account numbers", () => {
  for (const text of [
    "request 01a1fd17-de1d-7db5-b288-612345678901",
    "PMT019aa0d5c1f07c3e8a4b5d6e7f809102 of INV12345678901234",
    "UTR HDFCN26324123456",
    "took 12345678 ms at 2026-11-20T14:05:00.000Z",
    "1234567890.50 rupees",
    "file.ts:1234567890:12",
  ])
    expect(scrubText(text)).toBe(text);
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
