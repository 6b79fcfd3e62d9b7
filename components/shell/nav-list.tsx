"use client";

import { usePathname } from "next/navigation";
import { chosenInForcedColors } from "@/components/ui/chosen-styles";
import { cn } from "@/components/ui/cn";
import { CountBadge } from "@/components/ui/count-badge";
import { IntentLink } from "@/components/ui/intent-link";
import { Tooltip } from "@/components/ui/tooltip";
import { isActive, type NavItem, type NavSection } from "./navigation";

interface NavListProps {
  sections: readonly NavSection[];
  /** Called when a link is taken, so that a drawer can close. */
  onNavigate?: () => void;
}

export function NavList({ sections, onNavigate }: NavListProps) {
  const pathname = usePathname();
  return (
    <nav aria-label="Main" className="flex flex-col gap-5">
      {sections.map((section) => (
        <div key={section.title ?? "home"}>
          {section.title && <h2 className="px-2.5 pb-1 font-medium text-muted text-xs">{section.title}</h2>}
          <ul className="flex flex-col gap-px">
            {section.items.map((item) => (
              <li key={item.href}>
                <NavLink item={item} active={isActive(item, pathname)} onNavigate={onNavigate} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

interface NavLinkProps {
  item: NavItem;
  active: boolean;
  onNavigate: (() => void) | undefined;
}

/** A place, with how much waits there; what it counts is said to whoever points at it. */
function NavLink({ item, active, onNavigate }: NavLinkProps) {
  const { count } = item;
  const link = (
    <IntentLink
      href={item.href}
      aria-current={active ? "page" : undefined}
      onClick={onNavigate}
      className={cn(
        "flex h-10 items-center gap-2.5 rounded-md px-2.5 font-medium text-muted transition-colors hover:bg-hover hover:text-ink lg:h-8.5",
        active && ["bg-accent-soft text-accent-ink hover:bg-accent-soft hover:text-accent-ink", chosenInForcedColors],
      )}
    >
      <item.icon aria-hidden className="size-4.5 shrink-0" strokeWidth={active ? 2.25 : 1.75} />
      <span className="min-w-0 flex-1 truncate">{item.label}</span>
      {count && <CountBadge count={count.value} label={count.label} waiting={count.waiting} />}
    </IntentLink>
  );
  if (!count || count.value <= 0) return link;
  return (
    <Tooltip side="right" content={`${count.value.toLocaleString("en-IN")} ${count.label}`}>
      {link}
    </Tooltip>
  );
}
