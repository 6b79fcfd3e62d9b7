"use client";

import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn";

interface TableHeadProps extends ComponentProps<"th"> {
  numeric?: boolean;
  /** How the column is sorted now; with `onSort` the heading becomes a button. */
  sorted?: "asc" | "desc" | false;
  onSort?: () => void;
}

/**
 * A column heading. It sticks below the page's top bar, so a long list keeps its columns named; above the controls of rows that pass
 * behind it (`z-10`), below what floats over the list (`z-20`).
 */
export function TableHead({ numeric, sorted = false, onSort, className, children, ...props }: TableHeadProps) {
  const Icon = sorted === "asc" ? ArrowUp : sorted === "desc" ? ArrowDown : ChevronsUpDown;
  return (
    <th
      // biome-ignore lint/a11y/noRedundantRoles: see table.tsx
      role="columnheader"
      scope="col"
      aria-sort={sorted ? (sorted === "asc" ? "ascending" : "descending") : undefined}
      {...props}
      className={cn(
        "sticky top-(--sticky-top,0px) z-15 h-9 whitespace-nowrap border-line border-b bg-sunken px-3 text-left align-middle font-medium text-[0.8125rem] text-muted first:pl-5 last:pr-5",
        // The corners of the card that the table begins.
        "[:is(section,section>div:first-child)>table:first-child_&]:first:rounded-tl-lg [:is(section,section>div:first-child)>table:first-child_&]:last:rounded-tr-lg",
        numeric && "text-right",
        className,
      )}
    >
      {onSort ? (
        <>
          <button
            type="button"
            onClick={onSort}
            className={cn(
              "-mx-1.5 inline-flex h-7 items-center gap-1 rounded-sm px-1.5 hover:bg-hover hover:text-ink stacked:hidden",
              numeric && "flex-row-reverse",
              sorted && "text-ink",
            )}
          >
            {children}
            <Icon aria-hidden className={cn("size-3.5", !sorted && "opacity-60")} />
          </button>
          {/* Stacked, the heading is for screen readers alone: nothing in it may take the focus unseen. */}
          <span className="hidden stacked:inline">{children}</span>
        </>
      ) : (
        children
      )}
    </th>
  );
}
