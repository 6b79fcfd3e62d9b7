/** The largest file that is read, in bytes. */
export const MOST_BYTES = 2 * 1024 * 1024;

/** A file's text, or why it isn't read, in words. */
export type Decoded = { text: string } | { problem: string };

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

/** Reads a CSV file as text, whichever way the program that wrote it encodes. Nothing is opened that isn't text. */
export async function decodeFile(file: Blob): Promise<Decoded> {
  if (file.size > MOST_BYTES) return { problem: "This file is larger than 2 MB. Take it in several parts." };
  const bytes = await bytesOf(file);
  if (!bytes)
    return {
      problem:
        "Nothing of it can be opened. Close the file in other programs, then choose the file itself and not its folder.",
    };
  if (startsWith(bytes, 0x50, 0x4b) || startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    return { problem: "This is a workbook. Save it as CSV, or copy its cells and paste them here." };
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46))
    return { problem: "This is a PDF. Have the program or bank that made it give you CSV." };
  const text = decode(bytes);
  if (text.includes("\0")) return { problem: "This isn't a text file. Save it as CSV, then choose that." };
  return { text };
}
