"use client";

import type { ComponentProps } from "react";
import { formatDay, parseDay } from "@/lib/time";
import { cn } from "./cn";
import { controlStyles } from "./control-styles";
import { useFieldControl } from "./field-context";

/**
 * The browser's own date field: its value is "2026-11-20", it shows the reader's format, and phones open their picker. Where a wrong day
 * costs something, `<Field hint={dayInWords(value)}>` says which one was understood.
 */
export function DateInput({ className, ...props }: Omit<ComponentProps<"input">, "type">) {
  return (
    <input
      {...useFieldControl(props)}
      type="date"
      className={cn(controlStyles, "tabular-nums [&::-webkit-calendar-picker-indicator]:cursor-pointer", className)}
    />
  );
}

/** The day of a date field (2026-12-05) as nobody misreads it: 5 Dec 2026. Nothing while it is not one yet. */
export function dayInWords(day: string): string | undefined {
  return parseDay(day) ? formatDay(day) : undefined;
}
