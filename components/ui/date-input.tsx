"use client";

import type { ComponentProps } from "react";
import { cn } from "./cn";
import { controlStyles } from "./control-styles";
import { useFieldControl } from "./field-context";

/** The browser's own date field: its value is "2026-11-20", it shows the reader's format, and phones open their picker. */
export function DateInput({ className, ...props }: Omit<ComponentProps<"input">, "type">) {
  return (
    <input
      {...useFieldControl(props)}
      type="date"
      className={cn(controlStyles, "tabular-nums [&::-webkit-calendar-picker-indicator]:cursor-pointer", className)}
    />
  );
}
