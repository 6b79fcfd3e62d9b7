import type { ReactNode } from "react";
import { cn } from "./cn";

interface DescriptionListProps {
  /** `rows`: term left, value right, for a narrow column. `grid`: term above value, two to four beside each other. */
  layout?: "rows" | "grid";
  className?: string;
  children: ReactNode;
}

export function DescriptionList({ layout = "rows", className, children }: DescriptionListProps) {
  return (
    <div className={cn("@container", className)}>
      <dl
        data-layout={layout}
        className={cn(
          "group/list",
          // By the room the list has, not the screen: it stands in wide cards and narrow ones.
          layout === "rows"
            ? "divide-y divide-line"
            : "grid grid-cols-2 gap-x-6 gap-y-4 @lg:grid-cols-3 @3xl:grid-cols-4",
        )}
      >
        {children}
      </dl>
    </div>
  );
}

interface DescriptionItemProps {
  term: ReactNode;
  /** In a grid: as wide as two, for long values. */
  wide?: boolean;
  children: ReactNode;
}

export function DescriptionItem({ term, wide, children }: DescriptionItemProps) {
  return (
    <div
      className={cn(
        "min-w-0 group-data-[layout=rows]/list:flex group-data-[layout=rows]/list:items-baseline group-data-[layout=rows]/list:justify-between group-data-[layout=rows]/list:gap-6 group-data-[layout=rows]/list:py-2.5",
        wide && "col-span-2",
      )}
    >
      <dt className="shrink-0 text-[0.8125rem] text-muted">{term}</dt>
      <dd className="min-w-0 break-words group-data-[layout=grid]/list:mt-0.5 group-data-[layout=rows]/list:text-right">
        {children}
      </dd>
    </div>
  );
}
