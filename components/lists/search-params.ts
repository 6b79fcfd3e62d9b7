import type { z } from "zod";

/** What a page's address carries after the question mark. */
export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/**
 * The list's query that an address asks for. An address that makes no sense (edited by hand, or from an older release) shows the plain
 * list instead of an error.
 */
export async function queryOf<Q>(
  schema: z.ZodType<Q>,
  fixed: Record<string, unknown>,
  searchParams: SearchParams,
): Promise<Q> {
  const given = Object.fromEntries(Object.entries(await searchParams).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse({ ...given, ...fixed });
  return parsed.success ? parsed.data : schema.parse(fixed);
}
