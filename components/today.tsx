"use client";

import { createContext, type ReactNode, use, useEffect, useState } from "react";
import { daysBetween, formatDay, toIstDay } from "@/lib/time";

const TodayContext = createContext<string | null>(null);

/** How often the clock is looked at, in milliseconds: a page may stand open over midnight. */
const LOOK_MS = 30_000;

interface TodayProviderProps {
  /** Today in India (2026-11-20) as the server said with the page, so that both sides of hydration say the same. */
  given: string;
  children: ReactNode;
}

/** Tells the portal's pages which day it is, also those that stay open overnight. A browser's clock that is behind takes no day back. */
export function TodayProvider({ given, children }: TodayProviderProps) {
  const [today, setToday] = useState(given);
  useEffect(() => {
    const look = () => {
      const day = toIstDay(new Date());
      setToday((before) => (daysBetween(before, day) > 0 ? day : before));
    };
    look();
    const timer = setInterval(look, LOOK_MS);
    // In the background the timer may rest.
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
  return <TodayContext value={today}>{children}</TodayContext>;
}

/** Today in India: 2026-11-20. */
export function useToday(): string {
  return use(TodayContext) ?? toIstDay(new Date());
}

/** Today in India for people: 20 Nov 2026. */
export function Today() {
  return formatDay(useToday());
}
