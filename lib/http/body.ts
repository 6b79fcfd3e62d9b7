import { AppError } from "@/lib/errors";

const tooLarge = (limit: number) =>
  new AppError("PAYLOAD_TOO_LARGE", `The request is too large: at most ${Math.floor(limit / 1024)} KB.`);

/**
 * Reads a request's body as text, never more than `limit` bytes of it: `content-length` may be missing, or lie.
 * @throws AppError PAYLOAD_TOO_LARGE; INVALID when it isn't UTF-8.
 */
export async function readBounded(request: Request, limit: number): Promise<string> {
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw tooLarge(limit);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > limit) {
      await reader?.cancel();
      throw tooLarge(limit);
    }
    chunks.push(part.value);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
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
