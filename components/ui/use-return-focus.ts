"use client";

import { useRef } from "react";
import { focusMain } from "./focus-main";

/** What has the focus. An entry goes with its menu: for one it is the button that the menu hangs from. */
function focused(): HTMLElement | null {
  const active = document.activeElement;
  const menu = active?.closest("[role=menu]");
  const place = menu ? document.getElementById(menu.getAttribute("aria-labelledby") ?? "") : active;
  return place instanceof HTMLElement ? place : null;
}

/**
 * Takes the focus back to where it was before a window opened, or to the page where that is gone by then. Radix gives it to a trigger
 * within the window's own root; windows here are opened by state, and without one the focus would be lost.
 */
export function useReturnFocus() {
  const before = useRef<HTMLElement | null>(null);
  return {
    remember: () => {
      before.current = focused();
    },
    giveBack: (event: Event) => {
      event.preventDefault();
      before.current?.focus();
      if (document.activeElement === document.body) focusMain({ preventScroll: true });
    },
  };
}
