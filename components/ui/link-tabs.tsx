import type { ReactNode } from "react";
import { cn } from "./cn";
import { IntentLink } from "./intent-link";

const tabStyles = [
  "-mb-px inline-flex h-10 shrink-0 items-center gap-1.5 whitespace-nowrap border-transparent border-b-2 px-3 font-medium text-muted",
  "hover:text-ink focus-visible:-outline-offset-2",
  "aria-[current=page]:border-accent aria-[current=page]:text-ink",
  // With the system's own colours a transparent line is drawn as well.
  "forced-colors:border-[Canvas] forced-colors:aria-[current=page]:border-[Highlight]",
].join(" ");

interface LinkTabsProps {
  /** Names the row of tabs: "Bills by status". */
  label: string;
  items: readonly { href: string; label: ReactNode; count?: number; active: boolean }[];
  className?: string;
}

/** Tabs that are places: each has its URL. */
export function LinkTabs({ label, items, className }: LinkTabsProps) {
  return (
    <nav aria-label={label} className={cn("flex gap-1 overflow-x-auto border-line border-b", className)}>
      {items.map((item) => (
        <IntentLink
          key={item.href}
          href={item.href}
          scroll={false}
          aria-current={item.active ? "page" : undefined}
          className={tabStyles}
        >
          {item.label}
          {item.count !== undefined && <span className="font-normal text-muted tabular-nums">{item.count}</span>}
        </IntentLink>
      ))}
    </nav>
  );
}
