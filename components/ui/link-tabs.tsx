import type { ReactNode } from "react";
import { cn } from "./cn";
import { IntentLink } from "./intent-link";
import { tabListStyles, tabStyles } from "./tab-styles";

interface LinkTabsProps {
  /** Names the row of tabs: "Bills by status". */
  label: string;
  items: readonly { href: string; label: ReactNode; count?: number; active: boolean }[];
  className?: string;
}

/** Tabs that are places: each has its URL. */
export function LinkTabs({ label, items, className }: LinkTabsProps) {
  return (
    <nav aria-label={label} className={cn(tabListStyles, className)}>
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
