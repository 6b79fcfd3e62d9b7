import { describe, expect, test } from "vitest";
import { z } from "zod";
import { inNumber, inProse } from "@/lib/visible-text";

const hidden = {
  "a space of no width": "\u200b",
  "a joiner": "\u200d",
  "a byte order mark": "\ufeff",
  "a soft hyphen": "\u00ad",
  "a right-to-left override": "\u202e",
  "an isolate": "\u2067",
  "a right-to-left mark": "\u200f",
  "a tag": "\u{e0041}",
  "a Hangul filler": "\u3164",
  "a control character": "\u0007",
  "a selector of a coloured form": "\ufe0f",
};

describe("what can't be seen", () => {
  test.each(Object.entries(hidden))("%s is refused in numbers and in prose", (_, character) => {
    for (const { isVisible } of [inNumber, inProse]) {
      expect(isVisible(`KM-77${character}`)).toBe(false);
      expect(isVisible(`KM${character}-77`)).toBe(false);
      expect(isVisible(`${character}KM-77`)).toBe(false);
    }
  });

  test("a joiner between Latin letters joins nothing, not even in prose", () => {
    for (const joiner of ["\u200c", "\u200d"]) expect(inProse.isVisible(`Kav${joiner}eri`)).toBe(false);
  });

  test("is told of in words, by what stands before it", () => {
    const number = z.string().refine(inNumber.isVisible, inNumber.words);
    const wordsFor = (text: string) => number.safeParse(text).error?.issues[0]?.message;
    expect(wordsFor("KM-77\u200b")).toBe(
      "There is a character after “KM-77” that can't be seen, perhaps from copying. Type it anew.",
    );
    expect(wordsFor("\u202eKM-77")).toBe(
      "There is a character at the beginning of this that can't be seen, perhaps from copying. Type it anew.",
    );
  });
});

describe("what can be seen", () => {
  test.each(["KM-77/2026-27 (रसीद №५)", "ＫＭ－７７", "Kaveri Metals & Söhne, Inc.", "श्री गणेश ट्रेडर्स", "شركة", ""])(
    "%s",
    (text) => {
      expect(inNumber.isVisible(text)).toBe(true);
      expect(inProse.isVisible(text)).toBe(true);
    },
  );

  test.each([
    ["a half form of Devanagari", "क्\u200dष"],
    ["the eyelash of Marathi", "दर्\u200dया"],
    ["a ya-phala of Bengali", "র\u200d্যাম"],
    ["a word of Persian", "می\u200cخواهم"],
    ["emoji that are joined", "Thanks 👩\u200d🌾"],
    ["a coloured emoji", "Thanks ❤\ufe0f"],
    ["two lines", "Received.\nThanks"],
  ])("in prose, %s", (_, text) => {
    expect(inProse.isVisible(text)).toBe(true);
    expect(inNumber.isVisible(text)).toBe(false);
  });
});
