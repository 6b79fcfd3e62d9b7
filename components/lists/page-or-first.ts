import { AppError } from "@/lib/errors";

/**
 * The page of a list that an address asks for, or the first one: where the address's cursor is of another list or was written by hand,
 * so that an address which makes no sense shows the plain list instead of an error; and where the page has emptied since.
 * @param list reads a page; throws AppError INVALID for a cursor that doesn't fit
 */
export async function pageOrFirst<
  Query extends { cursor?: string | undefined },
  Data extends { items: readonly unknown[] },
>(asked: Query, list: (query: Query) => Promise<Data>): Promise<{ query: Query; data: Data }> {
  try {
    const data = await list(asked);
    if (data.items.length > 0 || asked.cursor === undefined) return { query: asked, data };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "INVALID" || asked.cursor === undefined) throw error;
  }
  const first = { ...asked, cursor: undefined };
  return { query: first, data: await list(first) };
}
