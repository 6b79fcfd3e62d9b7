import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { HttpReply } from "@/sandbox/http";

/** Nothing from elsewhere, nothing inline, and no page of someone else's around it. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const FILES: Record<string, { file: string; type: string }> = {
  "/": { file: "index.html", type: "text/html; charset=utf-8" },
  "/page.css": { file: "page.css", type: "text/css; charset=utf-8" },
  "/page.js": { file: "page.js", type: "text/javascript; charset=utf-8" },
};

/** The live page's files; undefined when the path is none of them. */
export function pageFile(method: string | undefined, pathname: string): HttpReply | undefined {
  const known = FILES[pathname];
  if (!known || method !== "GET") return undefined;
  const body = readFileSync(join(import.meta.dirname, "page", known.file), "utf8");
  const headers = { "content-type": known.type, "content-security-policy": POLICY, "referrer-policy": "no-referrer" };
  return { status: 200, body, headers };
}
