"use client";

import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./cn";

interface SegmentedProps<V extends string> extends Omit<ComponentProps<"input">, "type" | "value" | "size"> {
  options: readonly { value: V; label: ReactNode; disabled?: boolean }[];
  /** For controlled use; with `{...register("x")}` leave it out. */
  value?: V;
  /** Names the group; inside a `FieldGroup` the legend does. */
  label?: string;
}

/** Two to four short choices side by side: radio buttons underneath, so arrows move and `register` works. */
export function Segmented<V extends string>({ options, value, label, className, ...props }: SegmentedProps<V>) {
  // Radio buttons without a name are each a group of their own, and arrows don't move between them.
  const name = useId();
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: with a label it has its role
    <div
      role={label ? "radiogroup" : undefined}
      aria-label={label}
      className={cn("inline-flex max-w-full self-start overflow-x-auto rounded-md bg-hover p-0.5", className)}
    >
      {options.map((option) => (
        <label
          key={option.value}
          className={cn(
            "relative flex min-h-9 flex-1 cursor-pointer select-none items-center justify-center rounded-[0.4rem] whitespace-nowrap px-3 text-center font-medium text-muted transition-colors sm:min-h-8",
            "hover:text-ink has-checked:bg-surface has-checked:text-ink has-checked:shadow-sm dark:has-checked:bg-accent-soft dark:has-checked:text-accent-ink",
            "forced-colors:has-checked:bg-[Highlight] forced-colors:has-checked:text-[HighlightText] forced-colors:has-checked:forced-color-adjust-none",
            "has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2",
            "has-disabled:cursor-not-allowed has-disabled:opacity-50",
          )}
        >
          <input
            name={name}
            {...props}
            type="radio"
            value={option.value}
            disabled={option.disabled ?? props.disabled}
            {...(value === undefined ? {} : { checked: value === option.value })}
            className="absolute inset-0 cursor-[inherit] appearance-none rounded-[inherit] outline-none"
          />
          <span className="pointer-events-none">{option.label}</span>
        </label>
      ))}
    </div>
  );
}
