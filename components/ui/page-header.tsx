import type { ReactNode } from "react";
import { Breadcrumbs } from "./breadcrumbs";
import { cn } from "./cn";

interface PageHeaderProps {
  title: ReactNode;
  /** What needs doing next, in a sentence. */
  description?: ReactNode;
  /** A `Badge` beside the title. */
  badge?: ReactNode;
  actions?: ReactNode;
  breadcrumbs?: readonly { href: string; label: ReactNode }[];
}

/** The top of every page; holds its one `h1`. */
export function PageHeader({ title, description, badge, actions, breadcrumbs }: PageHeaderProps) {
  return (
    <header className="mb-5 flex flex-col gap-2 sm:mb-6">
      {breadcrumbs && <Breadcrumbs items={breadcrumbs} />}
      <div className="flex flex-col gap-3 sm:flex-row sm:items-start sm:justify-between sm:gap-6">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="min-w-0 font-semibold text-xl leading-8 tracking-tight sm:text-2xl">{title}</h1>
            {badge}
          </div>
          {description && <p className="mt-0.5 max-w-prose text-muted">{description}</p>}
        </div>
        {actions && (
          <div
            data-print="hide"
            className={cn(
              "flex flex-wrap items-center gap-2 sm:shrink-0 sm:justify-end",
              // Large letters need two lines on a phone.
              "max-sm:[&>*]:h-auto max-sm:[&>*]:min-h-10 max-sm:[&>*]:max-w-full max-sm:[&>*]:whitespace-normal",
            )}
          >
            {actions}
          </div>
        )}
      </div>
    </header>
  );
}
