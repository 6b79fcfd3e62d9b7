"use client";

import { ChevronDown } from "lucide-react";
import { type ComponentProps, useLayoutEffect, useRef } from "react";
import { cn } from "./cn";
import { controlStyles } from "./control-styles";
import { useFieldControl } from "./field-context";
import { mergeRefs } from "./merge-refs";

/** A native select: the best list there is on a phone, and type-ahead on a keyboard for nothing. */
export function Select({ className, children, ref, ...props }: ComponentProps<"select">) {
  const select = useRef<HTMLSelectElement>(null);
  // What was chosen before the page's scripts ran: React leaves it standing there, and tells nobody.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as it comes
  useLayoutEffect(() => {
    const isOther = props.value !== undefined && select.current?.value !== String(props.value);
    if (isOther) select.current?.dispatchEvent(new Event("change", { bubbles: true }));
  }, []);
  return (
    <span className={cn("relative block", className)}>
      <select
        {...useFieldControl(props)}
        ref={mergeRefs(select, ref)}
        className={cn(controlStyles, "appearance-none truncate bg-surface pr-9")}
      >
        {children}
      </select>
      <ChevronDown
        aria-hidden
        className="-translate-y-1/2 pointer-events-none absolute top-1/2 right-2.5 size-4 text-muted"
      />
    </span>
  );
}
