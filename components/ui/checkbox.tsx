"use client";

import { Check, Minus } from "lucide-react";
import { type ComponentProps, type MouseEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { mergeRefs } from "./merge-refs";
import { Tooltip } from "./tooltip";

interface CheckboxProps extends Omit<ComponentProps<"input">, "type"> {
  /** The visible label. Without one give an `aria-label`. */
  label?: ReactNode;
  hint?: ReactNode;
  indeterminate?: boolean;
  /**
   * Why it can't be changed, in words; null while it can. Unlike one that is `disabled` it keeps its focus and is reached by keyboard, and
   * it says why to all: below its label, or without one to a pointer, to the focus, to a finger that presses it; and to a screen reader.
   */
  whyNot?: string | null;
}

/** A native checkbox, so `register("x")` works as it is. Its target is 24 px and more. */
export function Checkbox({ label, hint, indeterminate = false, whyNot, className, ref, ...props }: CheckboxProps) {
  const box = useRef<HTMLInputElement>(null);
  const whyId = useId();
  const [isTold, setTold] = useState(false);
  useEffect(() => {
    if (box.current) box.current.indeterminate = indeterminate;
  }, [indeterminate]);

  const blocked = whyNot && {
    "aria-disabled": true,
    "aria-describedby": whyId,
    onClick: (event: MouseEvent) => {
      event.preventDefault();
      setTold(true);
    },
    // React tells of a change all the same: it looks before the browser takes the tick back.
    onChange: () => {},
  };
  const input = (
    <input
      {...props}
      {...blocked}
      ref={mergeRefs(box, ref)}
      type="checkbox"
      className="peer absolute inset-0 z-10 cursor-pointer appearance-none rounded-sm disabled:cursor-not-allowed aria-disabled:cursor-not-allowed"
    />
  );
  const control = (
    <span className="relative inline-flex size-6 shrink-0 items-center justify-center">
      {/* Around it also while nothing is in the way: the input stays the same one, and keeps the focus. */}
      {label || whyNot === undefined ? (
        input
      ) : (
        <>
          <Tooltip content={whyNot} open={isTold && Boolean(whyNot)} onOpenChange={setTold}>
            {input}
          </Tooltip>
          <span id={whyId} hidden>
            {whyNot}
          </span>
        </>
      )}
      <span
        aria-hidden
        className="size-4.5 rounded-[0.3125rem] border border-control bg-surface shadow-xs transition-colors peer-checked:border-accent peer-checked:bg-accent peer-indeterminate:border-accent peer-indeterminate:bg-accent peer-disabled:opacity-50 peer-aria-disabled:opacity-50"
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
        {whyNot && (
          <span id={whyId} className="block text-[0.8125rem] text-muted">
            {whyNot}
          </span>
        )}
      </span>
    </label>
  );
}
