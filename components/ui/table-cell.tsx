import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

// Columns are counted from the right, since only a row with a `lead` has three. Where large letters leave no room for two beside each
// other, one stands below the other.
const wholeLine = "stacked:@max-[17.5rem]:col-span-2";
const nextLine = `${wholeLine} stacked:@max-[17.5rem]:col-start-[-3] stacked:@max-[17.5rem]:text-left`;
const stackStyles = {
  lead: "stacked:order-1 stacked:w-6 stacked:col-start-1 stacked:row-start-1",
  title: ["stacked:order-2 stacked:col-start-[-3] stacked:min-w-0 stacked:text-[0.9375rem]", wholeLine],
  aside: ["stacked:order-3 stacked:col-start-[-2] stacked:text-right stacked:text-[0.9375rem]", nextLine],
  subtitle: ["stacked:order-4 stacked:col-start-[-3] stacked:min-w-0 stacked:text-[0.8125rem]", wholeLine],
  meta: ["stacked:order-5 stacked:col-start-[-2] stacked:text-right stacked:text-[0.8125rem]", nextLine],
  line: "stacked:order-6 stacked:col-start-[-3] stacked:col-span-2 stacked:flex stacked:@max-[17.5rem]:flex-wrap stacked:items-baseline stacked:justify-between stacked:gap-4 stacked:text-right stacked:text-[0.8125rem]",
  wide: "stacked:order-7 stacked:col-start-[-3] stacked:col-span-2 stacked:pt-0.5",
  hidden: "stacked:hidden",
};

interface TableCellProps extends ComponentProps<"td"> {
  /** The column's name, shown before the value where rows are stacked as cards. */
  label?: string;
  /** Amounts and counts: right-aligned, tabular figures. */
  numeric?: boolean;
  /**
   * The place in a stacked card. First line: `lead` (a checkbox), `title` on the left, `aside` on the right.
   * Second line: `subtitle` and `meta`, left and right. Then `line` (the default) takes a line with its label,
   * `wide` one without, and `hidden` is left out.
   */
  stack?: keyof typeof stackStyles;
  /** It says which row this is: whoever goes down a column by screen reader hears it before each value. */
  namesRow?: boolean;
  children?: ReactNode;
}

export function TableCell({ label, numeric, stack = "line", namesRow, className, children, ...props }: TableCellProps) {
  const Cell = namesRow ? "th" : "td";
  return (
    <Cell
      // See table.tsx.
      role={namesRow ? "rowheader" : "cell"}
      scope={namesRow ? "row" : undefined}
      data-stack={stack}
      {...props}
      className={cn(
        "border-line border-b px-3 py-2.5 align-middle transition-colors group-last/row:border-b-0 first:pl-5 last:pr-5 stacked:border-0 stacked:p-0 stacked:first:pl-0 stacked:last:pr-0",
        "group-hover/row:bg-hover/60 stacked:group-hover/row:bg-transparent",
        // On the cell, not the row: a browser that fades a cell's colour in and out doesn't draw the row's behind it anew.
        "group-aria-selected/row:bg-accent-soft stacked:group-aria-selected/row:bg-transparent",
        namesRow && "text-left font-normal",
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
    </Cell>
  );
}
