"use client";

import { createContext, use, useMemo } from "react";

/*
 * What somebody has begun or chosen, in this browser tab alone, so that a reload, a way round by another page or a session that ran out
 * lose none of it. Each person has their own: whoever signs in next in the same tab finds nothing of it. The storage may be missing or
 * full: then only the comfort is lost.
 */

/** As much as is kept of one person. */
export interface TabStorage {
  read(key: string): string | null;
  keep(key: string, text: string): void;
  drop(key: string): void;
  /** All keys that begin so. */
  keysOf(beginning: string): string[];
}

/** How all begin that the portal keeps, those of releases before too. */
const OURS = "chukta";

function attempt<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}

const allKeys = () => Array.from({ length: sessionStorage.length }, (_, index) => sessionStorage.key(index) ?? "");

/** @param person the user id of whose it is */
export function tabStorageOf(person: string): TabStorage {
  const own = `${OURS}:${person}:`;
  return {
    read: (key) => attempt(() => sessionStorage.getItem(own + key), null),
    keep: (key, text) => attempt(() => sessionStorage.setItem(own + key, text), undefined),
    drop: (key) => attempt(() => sessionStorage.removeItem(own + key), undefined),
    keysOf: (beginning) =>
      attempt(
        () =>
          allKeys()
            .filter((key) => key.startsWith(own + beginning))
            .map((key) => key.slice(own.length)),
        [],
      ),
  };
}

/** Forgets what everybody has left in this tab: for whoever signs out. */
export function clearTabStorage(): void {
  attempt(() => {
    for (const key of allKeys()) if (key.startsWith(OURS)) sessionStorage.removeItem(key);
  }, undefined);
}

/** The user id of whoever is signed in; nobody's where no business is open. */
export const PersonContext = createContext("");

/** What the signed-in person keeps in this tab. */
export function useTabStorage(): TabStorage {
  const person = use(PersonContext);
  return useMemo(() => tabStorageOf(person), [person]);
}
