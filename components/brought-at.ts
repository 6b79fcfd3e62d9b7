"use client";

const firstShown = new WeakMap<object, number>();

/**
 * How old what came with a page is, as `initialDataUpdatedAt` of its query: when it was first shown here, by the browser's own clock. On
 * the way back through the history Next.js brings a page as it came then, and taken for fresh it would have a bill unpaid that was paid
 * since; a query that knows its age asks again.
 */
export function broughtAt(found: object): number {
  const at = firstShown.get(found) ?? Date.now();
  firstShown.set(found, at);
  return at;
}
