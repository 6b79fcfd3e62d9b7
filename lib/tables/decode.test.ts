import { describe, expect, test } from "vitest";
import { decodeFile } from "@/lib/tables/decode";
import { MOST_BYTES } from "@/lib/tables/limits";
import { makeWorkbook, sheetRows } from "@/tests/workbook";

describe("a file", () => {
  const decoded = (bytes: readonly number[]) => decodeFile(new Blob([new Uint8Array(bytes)]));
  const utf16 = (text: string) => [0xff, 0xfe, ...Buffer.from(text, "utf16le")];

  test.each([
    ["UTF-8", [...Buffer.from("चुकता,₹")], "चुकता,₹"],
    ["Excel's Unicode text", utf16("Party\tचुकता"), "Party\tचुकता"],
    ["Excel's plain CSV", [...Buffer.from("Café", "latin1")], "Café"],
  ])("of text is read as %s", async (_name, bytes, text) => {
    expect(await decoded(bytes)).toEqual({ text });
  });

  test("that is a workbook is its sheets", async () => {
    const workbook = makeWorkbook([{ name: "Bills", rows: sheetRows([["Party"], ["Kaveri Metals"]]) }]);
    const rows = [
      { row: 1, cells: ["Party"] },
      { row: 2, cells: ["Kaveri Metals"] },
    ];
    expect(await decoded([...workbook])).toEqual({ sheets: [{ name: "Bills", rows }] });
  });

  test.each([
    ["isn't a workbook that can be opened", [0x50, 0x4b, 3, 4]],
    ["a workbook of the old kind (.xls), or one with a password", [0xd0, 0xcf, 0x11, 0xe0]],
    ["a PDF", [...Buffer.from("%PDF-1.7")]],
    ["a web page or XML", [...Buffer.from("\r\n<HTML><table>")]],
    ["neither a workbook nor text", [65, 0, 66]],
  ])("that is %s is refused", async (words, bytes) => {
    expect(await decoded(bytes)).toEqual({ problem: expect.stringContaining(words) });
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
