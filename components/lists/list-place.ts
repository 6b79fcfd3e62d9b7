"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useSyncExternalStore } from "react";

/*
 * How a list was left (its search, filters, order and page), in this browser tab alone, so that the way back up leads to the same list.
 * Only what stands after the question mark is kept: where a link leads is never up to what is stored.
 */

const keyOf = (path: string) => `chukta.list.${path}`;

function readPlace(path: string): string {
  try {
    return sessionStorage.getItem(keyOf(path)) ?? "";
  } catch {
    return "";
  }
}

/** Remembers how the list on this page is shown, as often as that changes. */
export function useKeptPlace(): void {
  const path = usePathname();
  const search = useSearchParams().toString();
  useEffect(() => {
    try {
      sessionStorage.setItem(keyOf(path), search);
    } catch {}
  }, [path, search]);
}

const never = () => () => {};

/** The address of a list as it was left; of the plain list where it was not seen yet, and on the server. */
export function useListHref(path: string): string {
  const search = useSyncExternalStore(
    never,
    () => readPlace(path),
    () => "",
  );
  return search ? `${path}?${search}` : path;
}
