"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button";
import { LinkButton } from "./link-button";

/** Where a step leads: a URL, something to do, or nothing (there is no such page). */
type Step = string | (() => void) | null | undefined;

interface PaginationProps {
  /** What is paged, for screen readers: "Bills". */
  label: string;
  /** "1–25 of 132", or what a cursor list can say. */
  summary?: ReactNode;
  previous: Step;
  next: Step;
}

export function Pagination({ label, summary, previous, next }: PaginationProps) {
  return (
    <nav aria-label={`Pages of ${label}`} className="flex items-center justify-between gap-4 px-4 py-3 sm:px-5">
      <p className="text-[0.8125rem] text-muted tabular-nums" aria-live="polite">
        {summary}
      </p>
      <div className="flex gap-2">
        <StepButton step={previous}>
          <ChevronLeft aria-hidden /> Previous
        </StepButton>
        <StepButton step={next}>
          Next <ChevronRight aria-hidden />
        </StepButton>
      </div>
    </nav>
  );
}

function StepButton({ step, children }: { step: Step; children: ReactNode }) {
  if (typeof step === "string") {
    return (
      <LinkButton size="sm" href={step}>
        {children}
      </LinkButton>
    );
  }
  return (
    <Button variant="secondary" size="sm" disabled={!step} onClick={step ?? undefined}>
      {children}
    </Button>
  );
}
