"use client";

import type { ComponentProps, FocusEvent } from "react";
import { cn } from "./cn";
import { controlStyles } from "./control-styles";
import { useFieldControl } from "./field-context";
import { groupIndianDigits } from "./indian-digits";

const setNativeValue = (input: HTMLInputElement, value: string) =>
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(input, value);

/** An amount in rupees as text. On leaving the field it is grouped ("1,23,456.50"); reading it is the form schema's work. */
export function MoneyInput({ className, onBlur, ...props }: Omit<ComponentProps<"input">, "type">) {
  function handleBlur(event: FocusEvent<HTMLInputElement>) {
    const grouped = groupIndianDigits(event.currentTarget.value);
    if (grouped !== event.currentTarget.value) {
      // As if it had been typed, so that controlled inputs and react-hook-form hear of it alike.
      setNativeValue(event.currentTarget, grouped);
      event.currentTarget.dispatchEvent(new Event("input", { bubbles: true }));
    }
    onBlur?.(event);
  }
  return (
    <span className={cn("relative block", className)}>
      <span aria-hidden className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-3 text-muted">
        ₹
      </span>
      <input
        inputMode="decimal"
        autoComplete="off"
        {...useFieldControl(props)}
        type="text"
        onBlur={handleBlur}
        className={cn(controlStyles, "pl-7 text-right tabular-nums")}
      />
    </span>
  );
}
