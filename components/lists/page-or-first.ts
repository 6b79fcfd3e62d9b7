import { AppError } from "@/lib/errors";

/**
 * The page of a list that an address asks for, or the first one where the address's cursor is of another list, or was written by
 * hand: an address that makes no sense shows the plain list instead of an error.
 * @param list reads a page; throws AppError INVALID for a cursor that doesn't fit
 */
export async function pageOrFirst<Query extends { cursor?: string | undefined }, Data>(
  asked: Query,
  list: (query: Query) => Promise<Data>,
): Promise<{ query: Query; data: Data }> {
  try {
    return { query: asked, data: await list(asked) };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "INVALID" || asked.cursor === undefined) throw error;
    const first = { ...asked, cursor: undefined };
    return { query: first, data: await list(first) };
  }
}
