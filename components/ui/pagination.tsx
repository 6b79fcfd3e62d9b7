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
  /** The id of what is paged, focusable (`tabIndex={-1}`): whoever turns the page begins at its top again. */
  controls?: string;
  previous: Step;
  next: Step;
}

export function Pagination({ label, summary, controls, previous, next }: PaginationProps) {
  return (
    <nav
      aria-label={`Pages of ${label}`}
      className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3 sm:px-5"
    >
      <p className="text-[0.8125rem] text-muted tabular-nums">{summary}</p>
      <div data-print="hide" className="ml-auto flex gap-2">
        <StepButton step={previous} controls={controls}>
          <ChevronLeft aria-hidden /> Previous
        </StepButton>
        <StepButton step={next} controls={controls}>
          Next <ChevronRight aria-hidden />
        </StepButton>
      </div>
    </nav>
  );
}

/** The foot of one page is no place to begin the next: neither for the eye nor for the focus. */
function goToTop(id: string) {
  const list = document.getElementById(id);
  list?.focus({ preventScroll: true });
  if (list && list.getBoundingClientRect().top < 0) list.scrollIntoView({ block: "start" });
}

interface StepButtonProps {
  step: Step;
  controls: string | undefined;
  children: ReactNode;
}

function StepButton({ step, controls, children }: StepButtonProps) {
  if (typeof step === "string") {
    return (
      <LinkButton size="sm" href={step}>
        {children}
      </LinkButton>
    );
  }
  return (
    <Button
      variant="secondary"
      size="sm"
      disabled={!step}
      aria-controls={controls}
      onClick={() => {
        step?.();
        if (controls) goToTop(controls);
      }}
    >
      {children}
    </Button>
  );
}
