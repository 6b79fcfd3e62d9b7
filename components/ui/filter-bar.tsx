"use client";

import { X } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { Button } from "./button";
import { cn } from "./cn";

interface FilterBarProps {
  /** A `SearchInput`; it takes the room that the filters leave. */
  search?: ReactNode;
  /** `Select`s with an `aria-label` each, and their like. */
  children?: ReactNode;
  /** Given only while some filter is set. */
  onClear?: (() => void) | undefined;
  /** Buttons at the end: export, columns. */
  actions?: ReactNode;
  className?: string;
}

export function FilterBar({ search, children, onClear, actions, className }: FilterBarProps) {
  const bar = useRef<HTMLDivElement>(null);
  return (
    <div
      ref={bar}
      tabIndex={-1}
      className={cn(
        "flex flex-wrap items-center gap-2 border-line border-b px-4 py-3 outline-none sm:px-5",
        // On a phone the filters share a line, whatever width they were given.
        "max-sm:[&>span]:min-w-28 max-sm:[&>span]:flex-1",
        className,
      )}
      data-print="hide"
    >
      {search && <div className="w-full sm:w-auto sm:min-w-56 sm:max-w-sm sm:flex-1">{search}</div>}
      {children}
      {onClear && (
        <Button
          variant="ghost"
          size="sm"
          onClick={() => {
            onClear();
            // This button goes with the filters.
            bar.current?.focus({ preventScroll: true });
          }}
        >
          <X aria-hidden /> Clear
        </Button>
      )}
      {actions && <div className="ml-auto flex gap-2">{actions}</div>}
    </div>
  );
}
