import "server-only";
import { Prisma } from "@/lib/generated/prisma/client";

/*
 * Statements whose plan PostgreSQL keeps, a connection each, instead of making it anew every time (docs/decisions/030). They are prepared
 * under a name. Only what is found by its key, or through an index made for it, so that one plan is good for every business, small or
 * large: what Prisma writes itself, and SQL that begins with `KEPT_PLAN`. Lists and searches are planned for each question.
 */

/** Begins a statement of one's own whose plan may be kept. */
export const KEPT_PLAN = Prisma.raw("/* kept plan */");

const IS_KEPT = /^\s*(\/\* kept plan \*\/|SELECT "public"\.|INSERT INTO "public"\.|UPDATE "public"\.)/;

/** The most plans that a connection keeps; whatever comes after them is planned every time. */
const MOST = 200;

/**
 * In a statement with more than 40 placeholders. It has one for each of several rows, and so a text for each number of rows: payments of
 * up to a hundred bills each would use the names up within weeks, and what is rare but small would never get one.
 */
const MANY = "$41";

const names = new Map<string, string>();

/** The name that a statement is prepared under; empty for one whose plan isn't kept. */
export function planName({ sql }: { sql: string }): string {
  const known = names.get(sql);
  if (known) return known;
  if (names.size >= MOST || !IS_KEPT.test(sql) || sql.includes(MANY)) return "";
  const name = `chukta_${names.size}`;
  names.set(sql, name);
  return name;
}
