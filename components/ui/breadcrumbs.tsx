import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { IntentLink } from "./intent-link";

/** The way back up. The page itself is not in it: its title says so already. */
export function Breadcrumbs({ items }: { items: readonly { href: string; label: ReactNode }[] }) {
  return (
    <nav aria-label="Breadcrumb">
      <ol className="flex flex-wrap items-center gap-1 text-[0.8125rem] text-muted">
        {items.map((item, index) => (
          <li key={item.href} className="flex items-center gap-1">
            {index > 0 && <ChevronRight aria-hidden className="size-3.5" />}
            <IntentLink
              href={item.href}
              className="inline-flex min-h-6 items-center rounded-sm hover:text-ink hover:underline hover:underline-offset-4"
            >
              {item.label}
            </IntentLink>
          </li>
        ))}
      </ol>
    </nav>
  );
}
