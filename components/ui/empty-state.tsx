import type { ReactNode } from "react";
import { cn } from "./cn";

interface EmptyStateProps {
  /** A lucide icon. */
  icon?: ReactNode;
  title: ReactNode;
  /** Why there is nothing, and what to do next. */
  children?: ReactNode;
  actions?: ReactNode;
  className?: string;
}

export function EmptyState({ icon, title, children, actions, className }: EmptyStateProps) {
  return (
    <div className={cn("flex flex-col items-center px-6 py-12 text-center", className)}>
      {icon && (
        <span
          aria-hidden
          className="mb-3 inline-flex size-11 items-center justify-center rounded-full bg-accent-soft text-accent-ink [&_svg]:size-5"
        >
          {icon}
        </span>
      )}
      <div className="font-semibold text-[0.9375rem]">{title}</div>
      {children && <div className="mt-1 max-w-sm text-balance text-muted">{children}</div>}
      {actions && <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
