"use client";

import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

interface RadioCardProps extends Omit<ComponentProps<"input">, "type"> {
  label: ReactNode;
  description?: ReactNode;
}

/** One choice with room to explain itself. Put several with the same `name` into a `FieldGroup`. */
export function RadioCard({ label, description, className, ...props }: RadioCardProps) {
  return (
    <label
      className={cn(
        "flex cursor-pointer items-start gap-2.5 rounded-md border border-control/60 bg-surface p-3 transition-colors hover:bg-hover",
        "has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2",
        "has-disabled:cursor-not-allowed has-disabled:opacity-60",
        className,
      )}
    >
      <input
        {...props}
        type="radio"
        className="peer mt-px size-4.5 shrink-0 cursor-[inherit] appearance-none rounded-full border border-control bg-surface outline-none checked:border-5 checked:border-accent"
      />
      <span className="flex min-w-0 flex-col">
        <span className="font-medium">{label}</span>
        {description && <span className="text-[0.8125rem] text-muted">{description}</span>}
      </span>
    </label>
  );
}
