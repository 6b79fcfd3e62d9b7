import { AppError } from "@/lib/errors";

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

/**
 * Reads a JSON body of at most `limit` bytes.
 * @throws AppError UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE, INVALID.
 */
export async function readJson(request: Request, limit: number): Promise<unknown> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new AppError("UNSUPPORTED_MEDIA_TYPE", "Send JSON, with the header Content-Type: application/json.");
  }
  const text = await readBounded(request, limit);
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("INVALID", "The request isn't valid JSON.");
  }
}
