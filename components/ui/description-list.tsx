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
    <dl
      data-layout={layout}
      className={cn(
        "group/list",
        layout === "rows" ? "divide-y divide-line" : "grid grid-cols-2 gap-x-6 gap-y-4 md:grid-cols-4",
        className,
      )}
    >
      {children}
    </dl>
  );
}

export function DescriptionItem({ term, children }: { term: ReactNode; children: ReactNode }) {
  return (
    <div className="min-w-0 group-data-[layout=rows]/list:flex group-data-[layout=rows]/list:items-baseline group-data-[layout=rows]/list:justify-between group-data-[layout=rows]/list:gap-6 group-data-[layout=rows]/list:py-2.5">
      <dt className="shrink-0 text-[0.8125rem] text-muted">{term}</dt>
      <dd className="min-w-0 break-words group-data-[layout=grid]/list:mt-0.5 group-data-[layout=rows]/list:text-right">
        {children}
      </dd>
    </div>
  );
}
