"use client";

import type { ComponentProps, MouseEvent } from "react";
import { type ButtonLooks, buttonStyles } from "./button-styles";
import { cn } from "./cn";
import { Spinner } from "./spinner";
import { useHydrated } from "./use-hydrated";

export interface ButtonProps extends ComponentProps<"button">, ButtonLooks {
  /** Shows a spinner and swallows clicks. The button keeps its focus, which `disabled` would lose. */
  loading?: boolean;
}

export function Button({ variant, size, loading = false, className, children, onClick, ...props }: ButtonProps) {
  // Before the page's scripts run the browser would send a form by itself: all that is typed, passwords too, would stand in the address.
  const isEarly = !useHydrated() && props.type === "submit";
  function handleClick(event: MouseEvent<HTMLButtonElement>) {
    // Also stops Enter in a field: the browser submits a form by clicking its submit button.
    if (loading) event.preventDefault();
    else onClick?.(event);
  }
  return (
    <button
      type="button"
      {...props}
      disabled={isEarly || props.disabled}
      aria-disabled={loading || props["aria-disabled"]}
      aria-busy={loading || undefined}
      onClick={handleClick}
      className={cn(
        buttonStyles({ variant, size }),
        isEarly && "disabled:opacity-100",
        loading && "[&>svg:not([data-spinner])]:hidden",
        className,
      )}
    >
      {loading && <Spinner />}
      {children}
    </button>
  );
}
