import type { ReactNode } from "react";

/** "2 Tell the supplier": a step's number and what it is. */
export function StepTitle({ number, children }: { number: number; children: ReactNode }) {
  return (
    <span className="flex items-baseline gap-2.5">
      <span className="inline-flex size-6 shrink-0 items-center justify-center rounded-full bg-accent-soft text-[0.8125rem] text-accent-ink tabular-nums">
        {number}
      </span>{" "}
      <span className="min-w-0">{children}</span>
    </span>
  );
}
