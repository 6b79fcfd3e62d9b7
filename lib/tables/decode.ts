import { MOST_BYTES } from "@/lib/tables/limits";
import type { Sheet } from "@/lib/tables/xlsx/workbook";

/** What is in a file: text, or a workbook's sheets; or why it isn't read, in words. */
export type Decoded = { text: string } | { sheets: readonly Sheet[] } | { problem: string };

const startsWith = (bytes: Uint8Array, ...first: readonly number[]) => first.every((byte, at) => bytes[at] === byte);

function decode(bytes: Uint8Array): string {
  if (startsWith(bytes, 0xff, 0xfe)) return new TextDecoder("utf-16le").decode(bytes);
  if (startsWith(bytes, 0xfe, 0xff)) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // What Excel writes as plain CSV on most machines.
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** Null where the browser gets nothing: of a folder, or of a file that another program holds, or that is gone by now. */
const bytesOf = (file: Blob) =>
  file.arrayBuffer().then(
    (buffer) => new Uint8Array(buffer),
    () => null,
  );

/** A workbook's code is loaded by whoever opens one. */
async function sheetsIn(bytes: Uint8Array): Promise<Decoded> {
  const code = await import("@/lib/tables/xlsx/workbook").catch(() => null);
  return code?.readWorkbook(bytes) ?? { problem: "What opens workbooks could not be loaded. Choose the file again." };
}

/** Opens a file with a table: a workbook (.xlsx), or CSV, whichever way the program that wrote it encodes. */
export async function decodeFile(file: Blob): Promise<Decoded> {
  if (file.size > MOST_BYTES) return { problem: "This file is larger than 2 MB. Take it in several parts." };
  const bytes = await bytesOf(file);
  if (!bytes)
    return {
      problem:
        "Nothing of it can be opened. Close the file in other programs, then choose the file itself and not its folder.",
    };
  if (startsWith(bytes, 0x50, 0x4b)) return sheetsIn(bytes);
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    return {
      problem:
        "This is a workbook of the old kind (.xls), or one with a password. Open it in a spreadsheet and save it as .xlsx, without a password.",
    };
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46))
    return { problem: "This is a PDF. Have the program or bank that made it give you a workbook or CSV." };
  const text = decode(bytes);
  if (text.includes("\0"))
    return { problem: "This is neither a workbook nor text. Save it as .xlsx or as CSV, then choose that." };
  if (/^\s*<(!doctype|html|table|\?xml|!--)/i.test(text))
    return {
      problem: "This is a web page or XML, whatever its name says. Open it in a spreadsheet and save it as .xlsx.",
    };
  return { text };
}
