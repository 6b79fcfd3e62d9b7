import { InfiniteQueryObserver } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import { queueQuery } from "@/components/confirm/queue-query";
import { makeQueryClient } from "@/components/query-client";

afterEach(() => vi.unstubAllGlobals());

const WAITING = 500;

/** The portal's answers to the list, by its `cursor` and `limit`; each request is added to `asked`. */
function listOf(count: number, asked: URLSearchParams[]) {
  return async (url: string) => {
    const query = new URL(url, "http://portal.test").searchParams;
    asked.push(query);
    const from = Number(query.get("cursor") ?? 0);
    const to = Math.min(from + Number(query.get("limit") ?? 25), count);
    const items = Array.from({ length: to - from }, (_, index) => ({ objectId: `PMT${from + index}` }));
    const cursors = { nextCursor: to < count ? String(to) : null, previousCursor: null };
    return Response.json({ items, ...cursors, totals: { count, countIsMinimum: false } });
  };
}

test("a queue of hundreds is read again in a few requests", async () => {
  const asked: URLSearchParams[] = [];
  vi.stubGlobal("fetch", listOf(WAITING, asked));
  const client = makeQueryClient();
  const queue = new InfiniteQueryObserver(client, { ...queueQuery("kaveri", ""), refetchInterval: false });
  const leave = queue.subscribe(() => {});
  await queue.refetch();
  while (queue.getCurrentResult().hasNextPage) await queue.fetchNextPage();
  asked.length = 0;
  await queue.refetch();
  leave();
  client.clear();
  const shown = queue.getCurrentResult().data?.pages.flatMap(({ items }) => items.map(({ objectId }) => objectId));
  expect(shown).toEqual(Array.from({ length: WAITING }, (_, index) => `PMT${index}`));
  // 25 at first, then a hundred each.
  expect(asked.map((query) => query.get("limit"))).toEqual([null, "100", "100", "100", "100", "100"]);
});
