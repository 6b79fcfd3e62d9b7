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

test("a SHA-256 in hex", () => {
  // echo -n '{"a":1}' | sha256sum
  expect(contentHash({ a: 1 })).toBe("015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862");
});
