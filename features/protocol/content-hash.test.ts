import fc from "fast-check";
import { expect, test } from "vitest";
import { contentHash } from "@/features/protocol/content-hash";
import { REQ_PAY_EXAMPLE } from "@/features/protocol/examples";
import { parseJson } from "@/features/protocol/parse-json";

const hashOf = (text: string) => {
  const parsed = parseJson(new TextEncoder().encode(text));
  if (!parsed.ok) throw new Error(parsed.refusal.detail);
  return contentHash(parsed.value);
};

/** The same value with the members of every object in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
}

test("key order and white space don't count", () => {
  const text = JSON.stringify(REQ_PAY_EXAMPLE);
  expect(hashOf(JSON.stringify(reversed(REQ_PAY_EXAMPLE), null, 2))).toBe(hashOf(text));
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      expect(contentHash(reversed(value))).toBe(contentHash(value));
    }),
  );
});

test.each([
  ['{"a":100}', '{"a":100.00}'],
  ['{"a":100}', '{"a":1e2}'],
  ['{"a":0}', '{"a":-0}'],
  ['{"a":"\\u0061/"}', '{"a":"a\\/"}'],
  ['{"a":1.00000000000000000010}', '{"a":1.0000000000000000001}'],
])("%s says the same as %s", (one, other) => {
  expect(hashOf(one)).toBe(hashOf(other));
});

test.each([
  ["[1,2]", "[2,1]"],
  ['{"a":1}', '{"a":"1"}'],
  ['{"a":1}', '{"a":1,"b":null}'],
  ['{"a":{"b":1}}', '{"a":{},"b":1}'],
  ["[[1],2]", "[1,[2]]"],
  ['{"a":1.0000000000000000001}', '{"a":1}'],
  ['{"a":1.0000000000000000001}', '{"a":1.0000000000000000002}'],
  ['["a","b"]', '["a,b"]'],
])("%s says something else than %s", (one, other) => {
  expect(hashOf(one)).not.toBe(hashOf(other));
});

test("different values have different hashes", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
      const same = JSON.stringify(sortedKeys(one)) === JSON.stringify(sortedKeys(other));
      expect(contentHash(one) === contentHash(other)).toBe(same);
    }),
  );
});

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (value === null || typeof value !== "object") return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  // Not a list: an empty object is not an empty list.
  return { members: members.map(([key, member]) => [key, sortedKeys(member)]) };
}

test("a SHA-256 in hex of the value with its keys in order: hashes of a release before are compared with", () => {
  // echo -n '{"a":[{"b":2,"c":"x"}],"d":1}' | sha256sum
  const hash = "588f65cd53598de36c0e29738b88f85c36c5e8f7d731751c86af8798081336ea";
  expect(contentHash({ d: 1, a: [{ c: "x", b: 2 }] })).toBe(hash);
});

test("halves of characters are told apart, which as UTF-8 are the same", () => {
  expect(contentHash("\ud800")).not.toBe(contentHash("\ud801"));
});
