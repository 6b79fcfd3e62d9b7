"use client";

import { createParser } from "nuqs";
import { useLayoutEffect, useRef, useState } from "react";
import { DateInput } from "@/components/ui/date-input";
import { isTakenDay, parseDay } from "@/lib/time";

/** A day in an address: what is none, or out of all years, is none at all. */
export const parseAsDay = createParser({
  parse: (text) => (isTakenDay(text) && parseDay(text) ? text : null),
  serialize: String,
});

interface DayRangeProps {
  /** What stands before the two days. */
  lead: string;
  /** What the two fields are called where they are read out. */
  labels: { from: string; to: string };
  from: string | null;
  to: string | null;
  onChange: (change: { from: string | null } | { to: string | null }) => void;
}

/** From one day to another, each 2026-11-20 or null; both belong to it. */
export function DayRange({ lead, labels, from, to, onChange }: DayRangeProps) {
  const isReversed = from !== null && to !== null && from > to;
  return (
    <div className="flex w-full flex-wrap items-center gap-1.5 text-[0.8125rem] text-muted sm:w-auto">
      {lead}
      <Day label={labels.from} value={from} onChange={(day) => onChange({ from: day })} />
      to
      <Day label={labels.to} value={to} onChange={(day) => onChange({ to: day })} />
      {/* On a phone on a line of its own: beside the two days it would leave them no room. */}
      <span role="status" className={isReversed ? "text-danger-ink max-sm:w-0 max-sm:min-w-full" : "sr-only"}>
        {isReversed && "The first day is after the last."}
      </span>
    </div>
  );
}

interface DayProps {
  label: string;
  value: string | null;
  onChange: (day: string | null) => void;
}

/** A day that is passed on once it is one: while its year is typed, 2026 is 0002 first, then 0020. */
function Day({ label, value, onChange }: DayProps) {
  const [typed, setTyped] = useState(value ?? "");
  const [settled, setSettled] = useState(value);
  // The value changed elsewhere (the back button, "clear filters"): follow it.
  if (value !== settled) {
    setSettled(value);
    setTyped(value ?? "");
  }
  function type(day: string) {
    setTyped(day);
    if (day === "" || isTakenDay(day)) onChange(day || null);
  }
  const input = useRef<HTMLInputElement>(null);
  // A day that was chosen before the page's scripts ran: React would set the field back.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as it comes
  useLayoutEffect(() => {
    const chosen = input.current?.value ?? typed;
    if (chosen !== typed) type(chosen);
  }, []);
  return (
    <DateInput
      ref={input}
      aria-label={label}
      className="min-w-0 flex-1 max-sm:px-2 max-sm:text-[0.8125rem]"
      value={typed}
      onChange={(event) => type(event.target.value)}
    />
  );
}
