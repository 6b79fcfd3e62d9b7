import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ExactNumber, normalDecimal, readNumber } from "@/features/protocol/exact-number";
import { REQ_PAY_EXAMPLE } from "@/features/protocol/examples";
import { parseReqPay } from "@/features/protocol/parse";
import { parseJson } from "@/features/protocol/parse-json";

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string, limits?: Parameters<typeof parseJson>[1]) => parseJson(bytes(text), limits);
const codeOf = (text: string, limits?: Parameters<typeof parseJson>[1]) => {
  const parsed = read(text, limits);
  return parsed.ok ? "taken" : parsed.refusal.code;
};

describe("what is refused", () => {
  test.each([
    ["", "MALFORMED_JSON"],
    ["{", "MALFORMED_JSON"],
    ['{"a":1}}', "MALFORMED_JSON"],
    ["{'a':1}", "MALFORMED_JSON"],
    ['{"a":01}', "MALFORMED_JSON"],
    ['{"a":NaN}', "MALFORMED_JSON"],
    ['{"a":1,}', "MALFORMED_JSON"],
    ['{"a":"line\nbreak"}', "MALFORMED_JSON"],
    ['{"a":1,"a":2}', "DUPLICATE_KEY"],
    ['{"a":1,"a":1}', "DUPLICATE_KEY"],
    ['{"a":1,"\\u0061":2}', "DUPLICATE_KEY"],
    ['{"x":[{"a":{"b":1,"b":2}}]}', "DUPLICATE_KEY"],
    ['{"__proto__":{"admin":1}}', "FORBIDDEN_KEY"],
    ['{"\\u005f_proto__":1}', "FORBIDDEN_KEY"],
    ['{"a":[{"constructor":1}]}', "FORBIDDEN_KEY"],
    ['{"prototype":1}', "FORBIDDEN_KEY"],
    ['{"a":"\\u0000"}', "BAD_CHARACTER"],
    ['{"a":["\\ud800"]}', "BAD_CHARACTER"],
    ['{"\\udc00":1}', "BAD_CHARACTER"],
    [`${"[".repeat(17)}${"]".repeat(17)}`, "TOO_DEEP"],
    ["[".repeat(500_000), "TOO_DEEP"],
    [`[1e${"1".repeat(500_000)}]`, "MALFORMED_JSON"],
    [`[0.${"0".repeat(500_000)}1]`, "MALFORMED_JSON"],
  ])("%j → %s", (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  test("bytes that are not UTF-8", () => {
    const parsed = parseJson(Uint8Array.of(0x22, 0xc3, 0x28, 0x22));
    expect(parsed).toMatchObject({ ok: false, refusal: { code: "MALFORMED_JSON" } });
  });

  test("more bytes than the limit, counted before anything is read", () => {
    expect(codeOf('"12345678"', { maxBytes: 10, maxDepth: 1 })).toBe("taken");
    expect(codeOf('"123456789"', { maxBytes: 10, maxDepth: 1 })).toBe("TOO_LARGE");
  });

  test("a refusal names the place, without growing with what was sent", () => {
    expect(read('{"payment":{"utr":["\\u0000"]}}')).toMatchObject({ refusal: { field: "payment.utr[0]" } });
    const parsed = read(`{"${"k".repeat(5000)}":{"constructor":1}}`);
    expect(!parsed.ok && parsed.refusal.field.length).toBe(200);
  });
});

describe("what is taken", () => {
  test.each([
    ['{"a":{"b":[1,2.5,-0.01,true,null,"x:{[\\"]}:"]}}'],
    ['{"a":"\\u0905\\ud83d\\ude00 \\u00e9"}'],
    ["[1e2,1E-2,100.00,1000000000000000000000]"],
    ['"__proto__"'],
    ["12.50"],
  ])("%s as JSON.parse reads it", (text) => {
    expect(read(text)).toEqual({ ok: true, value: JSON.parse(text) });
  });

  test("a byte order mark is passed over", () => {
    expect(read("\uFEFF{}")).toEqual({ ok: true, value: {} });
  });

  test("any JSON value, compact or indented, is what JSON.parse makes of it", () => {
    const forbidden = new Set(["__proto__", "constructor", "prototype"]);
    const key = fc.string({ unit: "grapheme" }).filter((text) => !forbidden.has(text) && !text.includes("\0"));
    const text = fc.string({ unit: "grapheme" }).filter((value) => !value.includes("\0"));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 6 },
        text,
        fc.double({ noDefaultInfinity: true, noNaN: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie("value"), { maxLength: 5 }),
        fc.dictionary(key, tie("value"), { maxKeys: 5, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(value, fc.constantFrom(0, 2), (json, indent) => {
        expect(read(JSON.stringify(json, null, indent))).toEqual({ ok: true, value: json });
      }),
    );
  });
});

describe("numbers that a double can't hold", () => {
  test.each([
    "100.000000000000000001",
    "0.1000000000000000055",
    "9007199254740993",
    "1e400",
    "1e-400",
    "123456789012345.67891",
  ])("%s stays exact", (source) => {
    const parsed = read(`{"a":${source}}`);
    expect(parsed).toMatchObject({ ok: true, value: { a: { source } } });
    expect(parsed.ok && (parsed.value as { a: unknown }).a).toBeInstanceOf(ExactNumber);
  });

  test.each(["100.00", "1e2", "0.1", "110000.50", "1000000000000000000000", "-0", "0.10000000000000000000"])(
    "%s is an ordinary number",
    (source) => {
      expect(read(source)).toEqual({ ok: true, value: Number(source) });
    },
  );

  test.each([
    ["100.000000000000000001", "AMOUNT_DECIMALS"],
    ["12345678901234567890.12", "AMOUNT_TOO_LARGE"],
    ["12345678901234567891", "AMOUNT_TOO_LARGE"],
    ["-100.000000000000000001", "AMOUNT_NEGATIVE"],
  ])("%s as an amount is refused as %s, never rounded", (source, code) => {
    const text = JSON.stringify(REQ_PAY_EXAMPLE).replace('"totalAmount":110000.5', `"totalAmount":${source}`);
    const parsed = read(text);
    expect(parsed.ok && parseReqPay(parsed.value)).toMatchObject({
      ok: false,
      refusal: { code, field: "payment.paymentAmount.totalAmount" },
    });
  });

  test("one in a field that nobody reads is no reason to refuse", () => {
    const parsed = read(JSON.stringify(REQ_PAY_EXAMPLE).replace("{", '{"score":0.12345678901234567890123,'));
    expect(parsed.ok && parseReqPay(parsed.value).ok).toBe(true);
  });

  test("every amount of rupees and paise is read as it was written, however it was written", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999_999 }), (paise) => {
        const written = `${Math.floor(paise / 100)}.${String(paise % 100).padStart(2, "0")}`;
        expect(readNumber(written)).toBe(paise / 100);
        expect(normalDecimal(written)).toBe(normalDecimal(`${paise}e-2`));
      }),
    );
  });
});
