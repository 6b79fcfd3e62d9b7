"use client";

import { type RefObject, useEffect, useRef } from "react";

/**
 * Puts the focus on what has taken the place of something that had it, so that a keyboard goes on from there and a screen reader says
 * it; unless something within has taken it already.
 * @param shown names what is shown; the first one is left alone
 */
export function useFocusOnChange<Element extends HTMLElement>(shown: string): RefObject<Element | null> {
  const place = useRef<Element>(null);
  const before = useRef(shown);
  useEffect(() => {
    if (before.current === shown) return;
    before.current = shown;
    if (document.activeElement === document.body) place.current?.focus();
  }, [shown]);
  return place;
}
