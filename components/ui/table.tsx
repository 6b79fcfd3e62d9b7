import type { ComponentProps } from "react";
import { cn } from "./cn";

/*
 * One markup, two shapes. Below 48 rem each row becomes a card whose cells say their `label` (see `TableCell`).
 * The roles are written out because `display: grid` makes browsers forget that a table is one.
 */

interface TableProps extends ComponentProps<"table"> {
  /** Names the table for screen readers. */
  label: string;
}

export function Table({ label, className, ...props }: TableProps) {
  return (
    <table
      // biome-ignore lint/a11y/noRedundantRoles: display overrides drop the implicit role
      role="table"
      aria-label={label}
      {...props}
      className={cn("w-full border-separate border-spacing-0 stacked:block", className)}
    />
  );
}

export function TableHeader(props: ComponentProps<"thead">) {
  return (
    <thead
      // biome-ignore lint/a11y/noRedundantRoles: as above
      role="rowgroup"
      {...props}
      className={cn("stacked:sr-only", props.className)}
    />
  );
}

export function TableBody(props: ComponentProps<"tbody">) {
  return (
    <tbody
      // biome-ignore lint/a11y/noRedundantRoles: as above
      role="rowgroup"
      {...props}
      className={cn("stacked:@container stacked:block", props.className)}
    />
  );
}

interface TableRowProps extends ComponentProps<"tr"> {
  selected?: boolean;
}

export function TableRow({ selected, className, ...props }: TableRowProps) {
  return (
    <tr
      // biome-ignore lint/a11y/noRedundantRoles: as above
      role="row"
      aria-selected={selected}
      {...props}
      className={cn(
        "group/row relative",
        "stacked:grid stacked:grid-cols-[1fr_auto] stacked:has-[>[data-stack=lead]]:grid-cols-[auto_1fr_auto] stacked:gap-x-3 stacked:gap-y-1 stacked:border-line stacked:border-b stacked:px-4 stacked:py-3 stacked:last:border-b-0",
        selected && "stacked:bg-accent-soft",
        className,
      )}
    />
  );
}
