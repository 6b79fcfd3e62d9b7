"use client";

import { type RefObject, useEffect, useRef } from "react";

/**
 * Puts the focus on what has taken the place of something else, so that a keyboard goes on from there and a screen reader says it.
 * @param shown names what is shown; the first one is left alone
 */
export function useFocusOnChange<Element extends HTMLElement>(shown: string): RefObject<Element | null> {
  const place = useRef<Element>(null);
  const before = useRef(shown);
  useEffect(() => {
    if (before.current === shown) return;
    before.current = shown;
    place.current?.focus();
  }, [shown]);
  return place;
}
