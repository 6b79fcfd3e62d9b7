import "server-only";
import type { ApiDocument } from "@/features/openapi/document";
import { env } from "@/lib/env";

type Make = (publicUrl: string) => ApiDocument;

/** The documents' texts, each made once: that takes some 20 ms, in which nobody else is answered, and anyone may ask as often as they like. */
const texts = new Map<Make, string>();

function textOf(make: Make): string {
  const text = texts.get(make) ?? JSON.stringify(make(env.PUBLIC_URL));
  texts.set(make, text);
  return text;
}

/** An OpenAPI document as its route answers it: for anyone, also for tools that run in a browser elsewhere. */
export function documentResponse(make: Make): Response {
  const headers = {
    "content-type": "application/json",
    "cache-control": "public, max-age=300",
    "access-control-allow-origin": "*",
  };
  return new Response(textOf(make), { headers });
}
