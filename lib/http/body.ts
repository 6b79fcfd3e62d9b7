import { isSafeNumber, parse as parseLossless } from "lossless-json";
import { AppError } from "@/lib/errors";
import { scanJson } from "@/lib/json-scan";

const tooLarge = (limit: number) =>
  new AppError("PAYLOAD_TOO_LARGE", `The request is too large: at most ${Math.floor(limit / 1024)} KB.`);

/** A request's or reply's body, or null as soon as there are more than `limit` bytes of it: `content-length` may be missing, or lie. */
export async function readUpTo(message: Pick<Request, "headers" | "body">, limit: number): Promise<Uint8Array | null> {
  if (Number(message.headers.get("content-length") ?? 0) > limit) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  // To leave the loop is to cancel the body.
  for await (const chunk of (message.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Reads a request's body as text, never more than `limit` bytes of it.
 * @throws AppError PAYLOAD_TOO_LARGE; INVALID when it isn't UTF-8.
 */
export async function readBounded(request: Request, limit: number): Promise<string> {
  const bytes = await readUpTo(request, limit);
  if (!bytes) throw tooLarge(limit);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new AppError("INVALID", "The request isn't UTF-8 text.");
  }
}

const invalid = (message: string) => new AppError("INVALID", message);

/** No request nests half as deeply, and whoever looks at its values calls themselves for each level. */
const MAX_DEPTH = 32;

/** How many members all objects of a value have together. */
function countMembers(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const inner = Object.values(value);
  return inner.reduce<number>((sum, each) => sum + countMembers(each), Array.isArray(value) ? 0 : inner.length);
}

function refuseRounded(number: string): number {
  if (isSafeNumber(number)) return Number(number);
  const said = number.length > 40 ? `${number.slice(0, 40)}…` : number;
  throw invalid(`The request has a number with more digits than are kept exactly: ${said}.`);
}

/**
 * A JSON text's value, which is what the text says: JSON.parse rounds a number, and keeps the last of equal keys, without a word.
 * @throws AppError INVALID.
 */
function parseExactly(text: string): unknown {
  const { members, depth, unusualNumber } = scanJson(Buffer.from(text));
  // Before anything that calls itself for each level.
  if (depth > MAX_DEPTH) throw invalid("The request is nested too deeply.");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid("The request isn't valid JSON.");
  }
  if (countMembers(value) !== members) throw invalid("The request gives a field twice in one object.");
  if (unusualNumber) parseLossless(text, null, refuseRounded);
  return value;
}

/** Whether a body's bytes are what was said, and not packed: a packed one has no honest length, and nobody's messages need it. */
export const isUnpacked = (contentEncoding: string | null): boolean =>
  /^(identity)?$/i.test(contentEncoding?.trim() ?? "");

/**
 * Reads a JSON body of at most `limit` bytes, which means what is written there: nothing is rounded, and no key comes twice.
 * @throws AppError UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE, INVALID.
 */
export async function readJson(request: Request, limit: number): Promise<unknown> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new AppError("UNSUPPORTED_MEDIA_TYPE", "Send JSON, with the header Content-Type: application/json.");
  }
  if (!isUnpacked(request.headers.get("content-encoding"))) {
    throw new AppError("UNSUPPORTED_MEDIA_TYPE", "Send the JSON as it is, without the header Content-Encoding.");
  }
  return parseExactly(await readBounded(request, limit));
}
