"use client";

import { ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import { FindButton } from "@/components/find/find";
import { BusinessSwitcher } from "./business-switcher";
import { Logo } from "./logo";
import { Monogram } from "./monogram";
import type { ShellBusiness, ShellUser } from "./portal";
import { UserMenu } from "./user-menu";

interface SidebarProps {
  business: ShellBusiness;
  businesses: readonly ShellBusiness[];
  user: ShellUser;
  onSignOut: () => void | Promise<void>;
  onFind: () => void;
  navigation: ReactNode;
}

/** The left column of a wide screen. */
export function Sidebar({ business, businesses, user, onSignOut, onFind, navigation }: SidebarProps) {
  const userButton = (
    <button
      type="button"
      className="flex w-full min-w-0 items-center gap-2.5 rounded-md p-1.5 text-left transition-colors hover:bg-hover data-[state=open]:bg-hover"
    >
      <Monogram name={user.name} round className="size-7 bg-hover text-muted" />
      <span className="min-w-0 flex-1 truncate font-medium">
        {user.name}
        <span className="sr-only">: account and theme</span>
      </span>
      <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />
    </button>
  );
  return (
    <aside
      data-print="hide"
      className="sticky top-0 hidden h-dvh w-60 shrink-0 flex-col border-line border-r bg-surface lg:flex"
    >
      <div className="flex flex-col gap-4 px-3 pt-4 pb-4">
        <Logo className="px-1.5" />
        <BusinessSwitcher business={business} businesses={businesses} className="border border-line bg-canvas" />
        <FindButton onFind={onFind} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-3 py-1">{navigation}</div>
      <div className="border-line border-t p-3">
        <UserMenu business={business} user={user} onSignOut={onSignOut} trigger={userButton} />
      </div>
    </aside>
  );
}
