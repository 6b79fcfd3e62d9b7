"use client";

import { createContext, type ReactNode, use, useEffect, useState } from "react";
import { hearTimeFirst, portalNow } from "@/lib/portal-clock";
import { formatDay, toIstDay } from "@/lib/time";

const TodayContext = createContext<string | null>(null);

/** How often the clock is looked at, in milliseconds: a page may stand open over midnight. */
const LOOK_MS = 30_000;

interface TodayProviderProps {
  /** The portal's time with the page, in ISO 8601, so that both sides of hydration say the same day. */
  given: string;
  children: ReactNode;
}

/** Tells the portal's pages which day it is at the portal, also those that stay open overnight, and whatever the browser's clock says. */
export function TodayProvider({ given, children }: TodayProviderProps) {
  const [today, setToday] = useState(() => {
    // Before the pages in here open their forms, which begin with the time.
    hearTimeFirst(given);
    return toIstDay(new Date(given));
  });
  useEffect(() => {
    const look = () => setToday(toIstDay(portalNow()));
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
  return use(TodayContext) ?? toIstDay(portalNow());
}

/** Today in India for people: 20 Nov 2026. */
export function Today() {
  return formatDay(useToday());
}
