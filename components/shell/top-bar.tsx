"use client";

import { FindIconButton } from "@/components/find/find";
import { BusinessSwitcher } from "./business-switcher";
import { LogoMark } from "./logo";
import { Monogram } from "./monogram";
import type { ShellBusiness, ShellUser } from "./portal";
import { UserMenu } from "./user-menu";

interface TopBarProps {
  business: ShellBusiness;
  businesses: readonly ShellBusiness[];
  user: ShellUser;
  onSignOut: () => void | Promise<void>;
  onFind: () => void;
}

/** The head of a narrow screen. */
export function TopBar({ business, businesses, user, onSignOut, onFind }: TopBarProps) {
  const userButton = (
    <button type="button" className="shrink-0 rounded-full">
      <Monogram name={user.name} round className="size-9 bg-hover text-muted" />
      <span className="sr-only">{user.name}: account and theme</span>
    </button>
  );
  return (
    <header
      data-print="hide"
      className="sticky low:static top-0 z-30 flex h-14 items-center gap-1.5 border-line border-b bg-surface px-3 lg:hidden"
    >
      <LogoMark />
      <BusinessSwitcher business={business} businesses={businesses} />
      <FindIconButton onFind={onFind} />
      <UserMenu business={business} user={user} onSignOut={onSignOut} trigger={userButton} />
    </header>
  );
}
