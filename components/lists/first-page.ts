"use client";

/** What the server found with the page, and the question that it answers: the first view needs no second request. */
export interface FirstPage<Query, Data> {
  query: Query;
  data: Data;
}

/** The server's answer as `initialData`, but only for the very question it answered. */
export function initialFor<Query, Data>(query: Query, first: FirstPage<Query, Data>): { initialData?: Data } {
  return sameQuery(query, first.query) ? { initialData: first.data } : {};
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
