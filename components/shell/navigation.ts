import {
  BadgeCheck,
  BookOpenText,
  Building2,
  FileInput,
  FileOutput,
  HandCoins,
  History,
  House,
  KeyRound,
  type LucideIcon,
  Send,
  Users,
} from "lucide-react";
import type { ShellCounts } from "./portal";
import { referenceHref } from "./reference-links";

export interface NavItem {
  href: string;
  label: string;
  icon: LucideIcon;
  count?: { value: number; label: string; waiting: boolean };
  /** Other places that belong to this item: paying starts at the bills. */
  alsoAt?: string;
  /** Stands in the bar at the foot of a phone's screen. */
  primary?: boolean;
}

export interface NavSection {
  /** Null for home, which is about all of them. */
  title: string | null;
  items: NavItem[];
}

/** The portal's places for one business. */
export function portalNavigation(slug: string, counts: ShellCounts): NavSection[] {
  const at = (path: string) => `/b/${slug}${path}`;
  const bills = { value: counts.bills ?? 0, label: "overdue or due within 7 days", waiting: false };
  const toApprove = { value: counts.toApprove ?? 0, label: "waiting for approval", waiting: true };
  const toConfirm = { value: counts.toConfirm ?? 0, label: "waiting for your answer", waiting: true };
  return [
    { title: null, items: [{ href: at(""), label: "Home", icon: House, primary: true }] },
    {
      title: "Pay",
      items: [
        { href: at("/bills"), label: "Bills", icon: FileInput, count: bills, alsoAt: at("/pay"), primary: true },
        { href: at("/payments"), label: "Payments made", icon: Send, count: toApprove },
      ],
    },
    {
      title: "Get paid",
      items: [
        { href: at("/to-confirm"), label: "To confirm", icon: BadgeCheck, count: toConfirm, primary: true },
        { href: at("/invoices"), label: "Invoices", icon: FileOutput, primary: true },
        { href: at("/received"), label: "Payments received", icon: HandCoins },
      ],
    },
    {
      title: "Settings",
      items: [
        { href: at("/parties"), label: "Parties", icon: Building2 },
        { href: at("/activity"), label: "Activity", icon: History },
        { href: at("/settings/people"), label: "People", icon: Users },
        { href: at("/settings/api-keys"), label: "API keys", icon: KeyRound },
        { href: referenceHref("v1", slug), label: "API docs", icon: BookOpenText },
      ],
    },
  ];
}

const isWithin = (pathname: string, place: string) => pathname === place || pathname.startsWith(`${place}/`);

/** Whether the page at `pathname` belongs to the item. A business's home is only itself: all its pages lie below it. */
export function isActive(item: NavItem, pathname: string): boolean {
  if (/^\/b\/[^/]+$/.test(item.href)) return pathname === item.href;
  return isWithin(pathname, item.href) || (item.alsoAt !== undefined && isWithin(pathname, item.alsoAt));
}
