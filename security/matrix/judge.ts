import type { Caller, Row } from "./table";

/** A reply as the checks look at it. */
export interface SeenReply {
  what: string;
  status: number;
  headers: Headers;
  text: string;
}

/** In which words of the table a reply ended. */
export function outcomeOf({ status, headers }: SeenReply, slug: string): string {
  const location = headers.get("location");
  if (!location || status < 300 || status > 399) return String(status);
  const path = location.replace(/^https?:\/\/[^/]+/, "");
  if (path.startsWith("/sign-in")) return "sign-in";
  if (path.startsWith("/choose-password")) return "choose";
  if (path === "/account") return "account";
  if (path.startsWith(`/b/${slug}/`)) return "away";
  return path === "/" || path.startsWith("/b/") ? "home" : `${status} to ${path}`;
}

/** Who belongs to the business, and may see it even where a page sends them elsewhere. */
const MEMBERS: readonly Caller[] = ["viewer", "finance", "owner", "foreign", "key"];

/** Who is told the business's name: whom it has invited, where they answer, and who has yet to choose a password. */
const TOLD_ITS_NAME: readonly Caller[] = [...MEMBERS, "invited", "newcomer"];

/** Whether a caller may see something of the business in such a reply. */
function maySee(caller: Caller, outcome: string): boolean {
  return (outcome.startsWith("2") ? TOLD_ITS_NAME : MEMBERS).includes(caller);
}

/** Documents without anyone's data, which other sites' pages may read too. */
const FOR_EVERY_SITE = /^\/api\/openapi\//;

/** Paths whose success changes sessions or passwords, which are no part of the books' readings, or nothing at all. */
const CHANGES_NO_BOOKS = /^\/api\/auth\/(sign-in|sign-out|end-sessions|passkey\/(sign-in-options|begin)$)/;

/** One cell, tried. */
export interface Tried {
  row: Row;
  caller: Caller;
  reply: SeenReply;
  outcome: string;
  /** Tables whose rows are others than before. */
  changed: string[];
  /** Whether a refused message was kept. */
  kept: boolean;
  /** Whether the reply holds a word of the business that the caller did not send themselves. */
  shown: boolean;
  /** Whether strangers asked for what is their own, in their own address: how that ends the table doesn't say. */
  own: boolean;
}

/** What is wrong with what one cell came to. */
export function judge({ row, caller, reply, outcome, changed, kept, shown, own }: Tried): string[] {
  const expected = row.cells[caller];
  const problems: string[] = [];
  if (own ? reply.status >= 500 : outcome !== expected)
    problems.push(`${outcome}, not ${own ? "their own" : expected}: ${reply.text.slice(0, 200)}`);
  const mayChange = outcome.startsWith("2") && row.method !== "GET" && caller !== "replayed";
  if (!mayChange && changed.length > 0) problems.push(`changed ${changed.join(", ")}`);
  if (mayChange && expected.startsWith("2") && changed.length === 0 && !CHANGES_NO_BOOKS.test(row.path))
    problems.push("was let through, and changed nothing");
  if (reply.status === 401 && kept) problems.push("kept a message of somebody unknown");
  if (shown && !maySee(caller, outcome)) problems.push("shows something of the business");
  const allowed = reply.headers.get("access-control-allow-origin");
  if (allowed !== null && !FOR_EVERY_SITE.test(row.path)) problems.push(`lets pages of ${allowed} read it`);
  return problems;
}
