"use client";

import { Menu, X } from "lucide-react";
import { usePathname } from "next/navigation";
import { Dialog } from "radix-ui";
import { useState } from "react";
import { chosenInForcedColors } from "@/components/ui/chosen-styles";
import { cn } from "@/components/ui/cn";
import { CountBadge } from "@/components/ui/count-badge";
import { IntentLink } from "@/components/ui/intent-link";
import { scrimStyles } from "@/components/ui/overlay-styles";
import { Logo } from "./logo";
import { NavList } from "./nav-list";
import { isActive, type NavSection } from "./navigation";

const slotStyles =
  "flex h-full w-full flex-col items-center justify-center gap-1 text-center font-medium text-[0.6875rem] leading-3.5 text-muted focus-visible:-outline-offset-2";

/** The foot of a narrow screen: the four places one goes to most, and a drawer with all of them. */
export function BottomBar({ sections }: { sections: readonly NavSection[] }) {
  const pathname = usePathname();
  const items = sections.flatMap((section) => section.items).filter((item) => item.primary);
  const elsewhere = !items.some((item) => isActive(item, pathname));
  return (
    <nav
      aria-label="Quick"
      data-print="hide"
      className="fixed low:static inset-x-0 bottom-0 z-30 border-line border-t bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden"
    >
      <ul className="grid h-15 grid-cols-5">
        {items.map((item) => {
          const active = isActive(item, pathname);
          return (
            <li key={item.href}>
              <IntentLink
                href={item.href}
                aria-current={active ? "page" : undefined}
                className={cn(slotStyles, active && ["text-accent-ink", chosenInForcedColors])}
              >
                <span className="relative">
                  <item.icon aria-hidden className="size-5" strokeWidth={active ? 2.25 : 1.75} />
                  {item.count && (
                    <span className="-top-2 absolute left-3">
                      <CountBadge count={item.count.value} label={item.count.label} waiting={item.count.waiting} />
                    </span>
                  )}
                </span>
                {item.label}
              </IntentLink>
            </li>
          );
        })}
        <li>
          <MoreDrawer sections={sections} active={elsewhere} />
        </li>
      </ul>
    </nav>
  );
}

function MoreDrawer({ sections, active }: { sections: readonly NavSection[]; active: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger className={cn(slotStyles, active && ["text-accent-ink", chosenInForcedColors])}>
        <Menu aria-hidden className="size-5" strokeWidth={1.75} />
        More
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className={scrimStyles} />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-50 flex w-72 max-w-[85vw] flex-col gap-5 overflow-y-auto border-line border-r bg-surface px-3 pt-4 pb-8 shadow-lg outline-none data-[state=closed]:animate-slide-out data-[state=open]:animate-slide-in"
        >
          <div className="flex items-center justify-between pl-2.5">
            <Dialog.Title className="sr-only">Menu</Dialog.Title>
            <Logo />
            <Dialog.Close
              aria-label="Close menu"
              className="inline-flex size-10 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
            >
              <X aria-hidden className="size-5" />
            </Dialog.Close>
          </div>
          <NavList sections={sections} onNavigate={() => setOpen(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
