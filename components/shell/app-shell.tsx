"use client";

import type { ReactNode } from "react";
import { useFindWindow } from "@/components/find/find";
import { Mono } from "@/components/ui/mono";
import { BottomBar } from "./bottom-bar";
import { NavList } from "./nav-list";
import { portalNavigation } from "./navigation";
import type { ShellBusiness, ShellCounts, ShellUser } from "./portal";
import { Sidebar } from "./sidebar";
import { SkipLink } from "./skip-link";
import { TopBar } from "./top-bar";

export interface AppShellProps {
  /** The one in the URL. */
  business: ShellBusiness;
  /** All that the person is a member of, the current one too. */
  businesses: readonly ShellBusiness[];
  user: ShellUser;
  counts: ShellCounts;
  /** Ends the session and leaves the page. A function can't come from a server component: wrap the shell in a client one. */
  onSignOut: () => void | Promise<void>;
  children: ReactNode;
}

/**
 * The frame of every page of a business: a sidebar on a wide screen, a top and a bottom bar on a narrow one. On a low
 * one, such as a page at four times its size, the bars go with the page: they would cover it.
 */
export function AppShell({ business, businesses, user, counts, onSignOut, children }: AppShellProps) {
  const sections = portalNavigation(business.slug, counts);
  const { openFind, findWindow } = useFindWindow(business.slug);
  const who = { business, businesses, user, onSignOut, onFind: openFind };
  return (
    <div className="flex min-h-dvh flex-col [--sticky-top:3.5rem] low:[--sticky-top:0px] lg:flex-row lg:[--sticky-top:0px] print:block">
      <SkipLink />
      <Sidebar {...who} navigation={<NavList sections={sections} />} />
      <TopBar {...who} />
      {/* On paper the bars are left out: without this nothing would say whose page it is. */}
      <p className="mx-4 hidden border-line border-b pb-2 sm:mx-6 lg:mx-8 print:block">
        <span className="font-semibold">{business.name}</span> <Mono>{business.b2bId}</Mono>
      </p>
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full min-w-0 max-w-6xl flex-1 px-4 pt-5 pb-28 outline-none sm:px-6 lg:px-8 lg:pt-8 lg:pb-16"
      >
        {children}
      </main>
      <BottomBar sections={sections} />
      {findWindow}
    </div>
  );
}
