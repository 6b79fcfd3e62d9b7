"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ComponentProps, useEffect, useRef } from "react";
import { OtherPerson } from "@/components/auth/other-person";
import { broughtAt } from "@/components/brought-at";
import { AppShell } from "@/components/shell/app-shell";
import { useToday } from "@/components/today";
import { Alert } from "@/components/ui/alert";
import { SignInBeside } from "@/components/ui/problem-alert";
import { PersonContext } from "@/components/ui/tab-storage";
import { businessKey } from "@/features/businesses/refresh";
import type { Home } from "@/features/home/api";
import { homeQuery } from "@/features/home/client";
import { ProblemError } from "@/lib/http/client";
import { leavePortal } from "./leave-portal";

interface PortalFrameProps extends Omit<ComponentProps<typeof AppShell>, "onSignOut" | "counts"> {
  /** What needs doing, as the server found it with the page. */
  home: Home;
  /** The signed-in person's user id. */
  person: string;
}

/**
 * The portal's shell with its way out and its numbers. They are asked for again here, since a layout is not rendered again while one
 * goes from page to page, and paying a bill must show at once.
 */
export function PortalFrame({ home, person, children, ...props }: PortalFrameProps) {
  const { data, error } = useQuery({
    ...homeQuery(props.business.slug),
    initialData: home,
    initialDataUpdatedAt: broughtAt(home),
  });
  // Found when one comes back to a page that stood open overnight, before anything is pressed in vain.
  const isSignedOut = error instanceof ProblemError && error.status === 401;
  useAskedAnewEachDay(props.business.slug);
  const { overdue, dueThisWeek } = data.pay;
  const counts = {
    bills: overdue.count + dueThisWeek.count,
    toApprove: data.pay.toApprove.count,
    toConfirm: data.getPaid.toConfirm.count,
  };
  return (
    <PersonContext value={person}>
      <AppShell {...props} counts={counts} onSignOut={leavePortal}>
        {isSignedOut && (
          // A form that was sent in vain says so itself: not twice.
          <Alert tone="warning" live className="mb-5 [main:has([data-signed-out])_&]:hidden" title="You are signed out">
            <SignInBeside andThen="go on here" />
          </Alert>
        )}
        {children}
      </AppShell>
      <OtherPerson person={person} name={props.user.name} />
    </PersonContext>
  );
}

/** On a page that stands open over midnight everything is asked for again: what is overdue, and since when something waits, has changed. */
function useAskedAnewEachDay(business: string): void {
  const client = useQueryClient();
  const today = useToday();
  const asked = useRef(today);
  useEffect(() => {
    if (asked.current === today) return;
    asked.current = today;
    void client.invalidateQueries({ queryKey: businessKey(business) });
  }, [client, business, today]);
}
