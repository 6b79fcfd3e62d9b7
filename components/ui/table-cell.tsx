import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

interface TableCellProps extends ComponentProps<"td"> {
  /** The column's name, shown before the value where rows are stacked as cards. */
  label?: string;
  /** Amounts and counts: right-aligned, tabular figures. */
  numeric?: boolean;
  /**
   * The place in a stacked card. `title` heads it on the left, `aside` stands opposite it on the right,
   * `line` (default) takes a line with its label, `wide` a line without one, `hidden` is left out.
   */
  stack?: "title" | "aside" | "line" | "wide" | "hidden";
  children?: ReactNode;
}

const stackStyles = {
  title: "stacked:order-1 stacked:min-w-0 stacked:text-[0.9375rem]",
  aside: "stacked:order-2 stacked:text-right stacked:text-[0.9375rem]",
  line: "stacked:order-3 stacked:col-span-2 stacked:flex stacked:items-baseline stacked:justify-between stacked:gap-4 stacked:text-right stacked:text-[0.8125rem]",
  wide: "stacked:order-4 stacked:col-span-2 stacked:pt-1",
  hidden: "stacked:hidden",
};

export function TableCell({ label, numeric, stack = "line", className, children, ...props }: TableCellProps) {
  return (
    <td
      // biome-ignore lint/a11y/noRedundantRoles: see table.tsx
      role="cell"
      {...props}
      className={cn(
        "border-line border-b px-3 py-2.5 align-middle transition-colors group-last/row:border-b-0 first:pl-5 last:pr-5 stacked:border-0 stacked:p-0 stacked:first:pl-0 stacked:last:pr-0",
        "group-hover/row:bg-hover/60 stacked:group-hover/row:bg-transparent",
        numeric && "text-right tabular-nums",
        stackStyles[stack],
        className,
      )}
    >
      {label && stack === "line" && (
        <span aria-hidden className="hidden shrink-0 text-muted stacked:inline">
          {label}
        </span>
      )}
      {label && stack === "line" ? <span className="min-w-0">{children}</span> : children}
    </td>
  );
}
