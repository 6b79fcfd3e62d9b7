import fc from "fast-check";
import { expect, test } from "vitest";
import { readJson } from "@/lib/http/body";

const read = (body: string) =>
  readJson(
    new Request("http://localhost/", { method: "POST", headers: { "content-type": "application/json" }, body }),
    10_000,
  );

test.each([
  ['{"netPaise":100,"lines":[{"id":"a","id2":"a"}]}', { netPaise: 100, lines: [{ id: "a", id2: "a" }] }],
  [
    '{"netPaise":1e2,"due":100.50,"none":-0.0,"most":9007199254740991}',
    { netPaise: 100, due: 100.5, none: -0, most: 2 ** 53 - 1 },
  ],
  ['{"a":{"x":1},"b":{"x":2}}', { a: { x: 1 }, b: { x: 2 } }],
  ['{"a:b":"{\\"[:1e999","c\\\\":"\\\\"}', { "a:b": '{"[:1e999', "c\\": "\\" }],
  ["[]", []],
  ["null", null],
])("%s is read as it is written", async (body, value) => {
  expect(await read(body)).toEqual(value);
});

test.each([
  ["100.000000000000000001", "100.000000000000000001"],
  ["9007199254740993", "9007199254740993"],
  ["0.30000000000000004441", "0.30000000000000004441"],
  ["1e400", "1e400"],
  ["1e-400", "1e-400"],
  ["9".repeat(60), `${"9".repeat(40)}…`],
])("a number that would be rounded is refused: %s", async (number, said) => {
  for (const body of [`{"netPaise":${number}}`, `[{"lines":[${number}]}]`])
    await expect(read(body)).rejects.toMatchObject({
      code: "INVALID",
      message: `The request has a number with more digits than are kept exactly: ${said}.`,
    });
});

test.each([
  '{"netPaise":100,"netPaise":90000}',
  '{"lines":[{"netPaise":100,"netPaise":null}]}',
  '{"netPaise":100,"net\\u0050aise":90000}',
  '{"a":[],"a":{}}',
  '{"a":1,"b":{"a":1,"a":1}}',
  '{"__proto__":{},"__proto__":{}}',
])("a key that comes twice is refused: %s", async (body) => {
  await expect(read(body)).rejects.toMatchObject({
    code: "INVALID",
    message: "The request gives a field twice in one object.",
  });
});

test("what isn't JSON, or nests too deeply to be read, is refused", async () => {
  for (const body of ["{", '{"a":1,}', "", "[".repeat(4_000) + "]".repeat(4_000)])
    await expect(read(body)).rejects.toMatchObject({ code: "INVALID" });
});

test("whatever JSON a program writes is read as it was", async () => {
  // JSON has one zero, and whole numbers are exact as far as a double's are.
  const isExact = (value: unknown): boolean =>
    typeof value === "number"
      ? !Object.is(value, -0) && (!Number.isInteger(value) || Number.isSafeInteger(value))
      : typeof value !== "object" || value === null || Object.values(value).every(isExact);
  await fc.assert(
    fc.asyncProperty(fc.jsonValue().filter(isExact), fc.constantFrom("", " ", "\n\t"), async (value, space) => {
      expect(await read(JSON.stringify(value, null, space))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    { numRuns: 500 },
  );
});

test("a prototype stays what it was", async () => {
  const value = await read('{"__proto__":{"isAdmin":true}}');
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
});
