import type { IncomingMessage, ServerResponse } from "node:http";

/** What a handler gives back: JSON as a rule, or text that is already written. */
export interface HttpReply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

/** A request's bytes; null when there are more than `limit`, of which no more are kept. */
export async function readBytes(request: IncomingMessage, limit: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Read to the end all the same: a reply in the middle of an upload reaches few clients.
    if (size <= limit) chunks.push(chunk);
    else if (size > limit * 16) break;
  }
  return size > limit ? null : Buffer.concat(chunks);
}

export function sendJson(response: ServerResponse, { status, body, headers }: HttpReply): void {
  if (response.destroyed) return;
  const text = typeof body === "string" ? body : JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...headers,
  });
  response.end(text);
}

export function headerOf(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

/** Whether the body is labelled as JSON in UTF-8. */
export function isJson(request: IncomingMessage): boolean {
  return /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(headerOf(request, "content-type") ?? "");
}
