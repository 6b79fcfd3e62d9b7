import { describe, expect, test } from "vitest";
import { decodeFile, MOST_BYTES } from "@/lib/tables/decode";

describe("a file as text", () => {
  const decoded = (bytes: readonly number[]) => decodeFile(new Blob([new Uint8Array(bytes)]));
  const utf16 = (text: string) => [0xff, 0xfe, ...Buffer.from(text, "utf16le")];

  test.each([
    ["UTF-8", [...Buffer.from("चुकता,₹")], "चुकता,₹"],
    ["Excel's Unicode text", utf16("Party\tचुकता"), "Party\tचुकता"],
    ["Excel's plain CSV", [...Buffer.from("Café", "latin1")], "Café"],
  ])("is read as %s", async (_name, bytes, text) => {
    expect(await decoded(bytes)).toEqual({ text });
  });

  test.each([
    ["a workbook", [0x50, 0x4b, 3, 4]],
    ["a workbook", [0xd0, 0xcf, 0x11, 0xe0]],
    ["a PDF", [...Buffer.from("%PDF-1.7")]],
    ["n't a text file", [65, 0, 66]],
  ])("is refused when it is%s", async (words, bytes) => {
    expect(await decoded(bytes)).toEqual({ problem: expect.stringContaining(words.replace("n't", "isn't")) });
  });

  test("that the browser can't open is told as such", async () => {
    const file = { size: 10, arrayBuffer: () => Promise.reject(new DOMException("", "NotReadableError")) };
    expect(await decodeFile(file as unknown as Blob)).toEqual({ problem: expect.stringContaining("other programs") });
  });

  test("is not even read when it is too large", async () => {
    const file = { size: MOST_BYTES + 1, arrayBuffer: () => Promise.reject(new Error("read all the same")) };
    expect(await decodeFile(file as unknown as Blob)).toEqual({ problem: expect.stringContaining("2 MB") });
  });
});
