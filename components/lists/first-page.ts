"use client";

import { broughtAt } from "@/components/brought-at";

/** What the server found with the page, and the question that it answers: the first view needs no second request. */
export interface FirstPage<Query, Data> {
  query: Query;
  data: Data;
}

/** The server's answer as `initialData`, as old as it is, but only for the very question it answered. */
export function initialFor<Query, Data extends object>(
  query: Query,
  first: FirstPage<Query, Data>,
): { initialData?: Data; initialDataUpdatedAt?: number } {
  if (!sameQuery(query, first.query)) return {};
  return { initialData: first.data, initialDataUpdatedAt: broughtAt(first.data) };
}

function sameQuery(a: unknown, b: unknown): boolean {
  const plain = (query: unknown) =>
    JSON.stringify(
      Object.entries(query as object)
        .filter(([, value]) => value !== undefined && value !== null && value !== "")
        .sort(([x], [y]) => (x < y ? -1 : 1)),
    );
  return plain(a) === plain(b);
}
