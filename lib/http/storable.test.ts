import { expect, test } from "vitest";
import { unstorablePath } from "@/lib/http/storable";

test("a zero byte or half a surrogate pair is found, wherever it stands", () => {
  expect(unstorablePath("a\0b")).toEqual([]);
  expect(unstorablePath({ utr: "\uD800" })).toEqual(["utr"]);
  expect(unstorablePath({ lines: [{ splits: [{ name: "ok" }, { name: "\0" }] }] })).toEqual([
    "lines",
    0,
    "splits",
    1,
    "name",
  ]);
});

test("other texts and values can be kept", () => {
  for (const value of ["", "चुकता", "😀", "\n\t\u001F", 0, null, undefined, true, [], {}, { a: [1, "b"] }])
    expect(unstorablePath(value)).toBeNull();
});
