"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useSyncExternalStore } from "react";
import { useTabStorage } from "@/components/ui/tab-storage";

/*
 * How a list was left (its search, filters, order and page), so that the way back up leads to the same list.
 * Only what stands after the question mark is kept: where a link leads is never up to what is stored.
 */

const keyOf = (path: string) => `list:${path}`;

/** Remembers how the list on this page is shown, as often as that changes. */
export function useKeptPlace(): void {
  const tab = useTabStorage();
  const path = usePathname();
  const search = useSearchParams().toString();
  useEffect(() => tab.keep(keyOf(path), search), [tab, path, search]);
}

const never = () => () => {};

/** The address of a list as it was left; of the plain list where it was not seen yet, and on the server. */
export function useListHref(path: string): string {
  const tab = useTabStorage();
  const search = useSyncExternalStore(
    never,
    () => tab.read(keyOf(path)) ?? "",
    () => "",
  );
  return search ? `${path}?${search}` : path;
}
