import { Raw } from "./json-text";
import type { Random } from "./random";

/** Texts that have broken programs before: encodings, formats, other languages' syntax. */
const STRINGS: readonly string[] = [
  "",
  " ",
  "\0",
  "a\0b",
  "\uFEFF",
  "\u202Egnp.exe",
  "\u200B",
  "\uD800",
  "\uDC00a",
  "a\uD83D",
  "👩‍👩‍👧‍👦",
  "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!",
  "ﷺ".repeat(20),
  "चुकता",
  "ß",
  "ı",
  "\r\n",
  "\r\nSet-Cookie: a=b",
  "\t",
  '"',
  "\\",
  '\\"',
  "'; DROP TABLE payment; --",
  "' OR '1'='1",
  "\u0024{7*7}",
  "{{7*7}}",
  "%s%n%x",
  "%00",
  "..",
  "../../../../etc/passwd",
  "<script>alert(1)</script>",
  "=HYPERLINK(1)",
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "null",
  "undefined",
  "true",
  "NaN",
  "Infinity",
  "-0",
  "1e309",
  "0x10",
  "1_000",
  "٣",
  "12,34,567.89",
  "2026-02-30",
  "2026-13-01T25:61:61+99:99",
  "0000-00-00",
  "9999-12-31T23:59:59.999999999Z",
  "-271821-04-20T00:00:00Z",
  "+275760-09-13T00:00:00.001Z",
  "2026-11-20T14:05:00+05:30",
  "1970-01-01",
  "00000000-0000-0000-0000-000000000000",
  "ffffffff-ffff-ffff-ffff-ffffffffffff",
  "xn--",
  "a@b",
  "PMT",
  "INV",
  "@BCB",
  "%",
  "_",
  "(((((((((((((((((((((((((((((((((a+)+)+)+)+",
  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
];

/** Numbers at the edge, as they stand in a text: not every one is a JavaScript number. */
const NUMBERS: readonly string[] = [
  ..."0 -0 0.0 1 -1 0.1 0.01 0.001 0.005 1.005 0.30000000000000004 1e2 1E2 1e+2 1e-2 1e0 100e-2 5e-324 2.5e-324".split(
    " ",
  ),
  ..."1e308 1.7976931348623157e308 1.7976931348623159e308 1e309 -1e309 1e400 1e-400 1e999999999 1e-999999999".split(
    " ",
  ),
  ..."2147483647 2147483648 -2147483648 -2147483649 4294967295 4294967296".split(" "),
  ..."9007199254740991 9007199254740992 9007199254740993 -9007199254740993 9007199254740993.5".split(" "),
  ..."9223372036854775807 9223372036854775808 -9223372036854775808 18446744073709551616".split(" "),
  ..."99999999999.99 99990000000 99990000000.01 9999000000000 9999000000001 99999999999999999999.99".split(" "),
  "0.1000000000000000055511151231257827021181583404541015625",
  `1${"0".repeat(400)}`,
  `0.${"0".repeat(400)}1`,
  "9".repeat(1001),
  `1.${"1".repeat(2000)}`,
  // Not JSON at all.
  ..."01 +1 .5 5. 1e 0x10 NaN Infinity -Infinity 1_000 1n --1".split(" "),
];

/** Names of members that a careless program takes for its own. */
export const HOSTILE_KEYS: readonly string[] = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "length",
  "then",
  "toJSON",
  "valueOf",
  "__defineGetter__",
  "",
  " ",
  "\0",
  "\uD800",
  "0",
  "-1",
  "a.b",
  "a[0]",
  "$ref",
  "$where",
  "id",
  "businessId",
  "business_id",
  "role",
  "status",
  "k".repeat(5000),
];

export function hostileString(random: Random): string {
  const text = random.pick(STRINGS);
  if (random.chance(0.15))
    return random.pick(["a", "é", "😀", "\0", "\\", '"', "\uD800", " ", "9"]).repeat(random.length(20_000));
  if (random.chance(0.1)) return text + random.pick(STRINGS);
  return random.chance(0.1) ? String.fromCharCode(random.int(0x10000)) : text;
}

export const hostileNumber = (random: Random): Raw => new Raw(random.pick(NUMBERS));

function deep(random: Random): Raw {
  const depth = random.pick([5, 15, 16, 17, 50, 100, 1000, 5000]);
  const [open, close] = random.pick([
    ["[", "]"],
    ['{"a":', "}"],
    ['[{"__proto__":', "}]"],
  ] as const);
  return new Raw(
    open.repeat(depth) + random.pick(["0", "null", '""', ""]) + close.repeat(random.chance(0.9) ? depth : depth - 1),
  );
}

/** A value of any kind, where one of another kind was expected. */
export function hostileValue(random: Random): unknown {
  switch (random.int(12)) {
    case 0:
      return null;
    case 1:
      return random.chance(0.5);
    case 2:
      return [];
    case 3:
      return {};
    case 4:
      return deep(random);
    case 5:
      return Array.from({ length: random.length(600) }, () => random.pick<unknown>([null, 0, "", {}, []]));
    case 6:
      return { [random.pick(HOSTILE_KEYS)]: random.pick<unknown>([1, "x", null, { polluted: true }]) };
    case 7:
      return new Raw(
        random.pick(['{"__proto__":{"polluted":true}}', '{"constructor":{"prototype":{"polluted":true}}}']),
      );
    case 8:
    case 9:
      return hostileNumber(random);
    default:
      return hostileString(random);
  }
}
