"use client";

import { type MouseEvent, type RefObject, useEffect } from "react";

/** The link by which one left a page, in the history's own entry of that page. */
const LEFT_BY = "chuktaLeftBy";

/** Remembers the link that is followed, for whoever comes back by the browser's own button. */
export function rememberLeftBy({ target }: MouseEvent): void {
  const link = target instanceof Element ? target.closest("a[href]") : null;
  if (link) window.history.replaceState({ ...window.history.state, [LEFT_BY]: link.getAttribute("href") }, "");
}

/**
 * Gives the focus back to the link by which one left, once it is there again: a keyboard would else go through the whole page to get to
 * the next row.
 * @param isShown the rows are there
 */
export function useFocusLeftBy(rows: RefObject<HTMLElement | null>, isShown: boolean): void {
  useEffect(() => {
    const href: unknown = window.history.state?.[LEFT_BY];
    if (!isShown || typeof href !== "string" || document.activeElement !== document.body) return;
    rows.current?.querySelector<HTMLElement>(`a[href="${CSS.escape(href)}"]`)?.focus({ preventScroll: true });
  }, [rows, isShown]);
}
