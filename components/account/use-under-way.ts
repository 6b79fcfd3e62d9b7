"use client";

import { useState } from "react";

/** Whether something is on its way: a window that is closed before it came would never show it, and it may be shown once. */
export function useUnderWay() {
  const [isUnderWay, setUnderWay] = useState(false);
  async function during<Result>(run: () => Promise<Result>): Promise<Result> {
    setUnderWay(true);
    try {
      return await run();
    } finally {
      setUnderWay(false);
    }
  }
  return { isUnderWay, during };
}
