import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "@/scripts/environment";
import { filesIn } from "@/security/leaks/files";

/*
 * The server takes no files: what comes in are JSON texts, each read by one of three bounded readers (1 MB of v0, 64 KB of v1, 8 KB at
 * the door), never unpacked, and with lists that their schemas bound (500 invoices of the wire, 100 bills, 50 imported, 50 adjustments).
 * Registers of bills and bank statements are read in the browser, in size and rows bounded by lib/tables (lib/tables/decode.test.ts,
 * features/invoices/import/import.test.ts, features/confirmations/statement). Whoever adds another way for a file bounds its size, its
 * rows and what it unpacks to, shows that in a test, and names the file here.
 */

const FOLDERS = ["app", "components", "features", "lib", "server", "worker"];
const sources = FOLDERS.flatMap((folder) => filesIn(join(ROOT, folder)))
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && !file.includes("generated"))
  .map((file) => ({ file: relative(ROOT, file), text: readFileSync(file, "utf8") }));

const using = (pattern: RegExp, exceptIn: readonly string[] = []) =>
  sources.filter(({ file, text }) => pattern.test(text) && !exceptIn.includes(file)).map(({ file }) => file);

test("the portal's sources are found", () => {
  expect(sources.length).toBeGreaterThan(300);
});

test("only the browser takes a file, and nothing unpacks what it was sent", () => {
  expect(using(/\bformData\(|multipart\/|busboy|\bFileReader\b/)).toEqual([]);
  expect(using(/type="file"|\.files\b/)).toEqual(["components/tables/choose-table.tsx"]);
  expect(using(/node:zlib|DecompressionStream|\b(un|de)compress\w*\(|gunzip|inflate\w*\(/)).toEqual([]);
});

test("a body is read by the bounded readers alone", () => {
  // network-client.ts sends: it means the body of its own call.
  const readers = [
    "lib/http/body.ts",
    "features/gateway/route.ts",
    "server/gateway.ts",
    "features/protocol/network-client.ts",
  ];
  expect(using(/request\.(json|text|arrayBuffer|blob|bytes|body)\b(?!:)/, readers)).toEqual([]);
});
