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
      className={cn(
        // Wide enough at the edge for what marks the focus, which would be cut off beyond it.
        "inline-flex max-w-full self-start overflow-x-auto rounded-md bg-hover p-1",
        className,
      )}
    >
      {options.map((option) => (
        <label
          key={option.value}
          className={cn(
            "relative flex min-h-8 flex-1 cursor-pointer select-none items-center justify-center rounded-[0.3rem] whitespace-nowrap px-3 text-center font-medium text-muted transition-colors sm:min-h-7",
            // Its edge has 3:1 to what is beside it: the backgrounds are too much alike to tell which one is chosen (WCAG 1.4.11).
            "has-checked:ring-1 has-checked:ring-accent has-checked:ring-inset",
            "hover:text-ink has-checked:bg-surface has-checked:text-ink has-checked:shadow-sm dark:has-checked:bg-accent-soft dark:has-checked:text-accent-ink",
            "forced-colors:has-checked:bg-[Highlight] forced-colors:has-checked:text-[HighlightText] forced-colors:has-checked:forced-color-adjust-none",
            "has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-1",
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
