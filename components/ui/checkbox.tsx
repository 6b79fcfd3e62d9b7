"use client";

import { Check, Minus } from "lucide-react";
import { type ComponentProps, type ReactNode, useEffect, useRef } from "react";
import { mergeRefs } from "./merge-refs";

interface CheckboxProps extends Omit<ComponentProps<"input">, "type"> {
  /** The visible label. Without one give an `aria-label`. */
  label?: ReactNode;
  hint?: ReactNode;
  indeterminate?: boolean;
}

/** A native checkbox, so `register("x")` works as it is. Its target is 24 px and more. */
export function Checkbox({ label, hint, indeterminate = false, className, ref, ...props }: CheckboxProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = indeterminate;
  }, [indeterminate]);

  const control = (
    <span className="relative inline-flex size-6 shrink-0 items-center justify-center">
      <input
        {...props}
        ref={mergeRefs(box, ref)}
        type="checkbox"
        className="peer absolute inset-0 z-10 cursor-pointer appearance-none rounded-sm disabled:cursor-not-allowed"
      />
      <span
        aria-hidden
        className="size-4.5 rounded-[0.3125rem] border border-control bg-surface shadow-xs transition-colors peer-checked:border-accent peer-checked:bg-accent peer-indeterminate:border-accent peer-indeterminate:bg-accent peer-disabled:opacity-50"
      />
      <Check
        aria-hidden
        strokeWidth={3}
        className="absolute size-3.5 text-on-accent opacity-0 peer-checked:opacity-100 peer-indeterminate:opacity-0"
      />
      <Minus
        aria-hidden
        strokeWidth={3}
        className="absolute size-3.5 text-on-accent opacity-0 peer-indeterminate:opacity-100"
      />
    </span>
  );
  if (!label) return <span className={className}>{control}</span>;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the input is in `control`
    <label className="flex cursor-pointer items-start gap-2">
      {control}
      <span className="pt-0.5">
        {label}
        {hint && <span className="block text-[0.8125rem] text-muted">{hint}</span>}
      </span>
    </label>
  );
}
