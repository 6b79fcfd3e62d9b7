"use client";

import { useQuery } from "@tanstack/react-query";
import type { ComponentProps } from "react";
import { AppShell } from "@/components/shell/app-shell";
import { PersonContext } from "@/components/ui/tab-storage";
import type { Home } from "@/features/home/api";
import { homeQuery } from "@/features/home/client";
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
export function PortalFrame({ home, person, ...props }: PortalFrameProps) {
  const { data } = useQuery({ ...homeQuery(props.business.slug), initialData: home });
  const { overdue, dueThisWeek } = data.pay;
  const counts = { bills: overdue.count + dueThisWeek.count, toConfirm: data.getPaid.toConfirm.count };
  return (
    <PersonContext value={person}>
      <AppShell {...props} counts={counts} onSignOut={leavePortal} />
    </PersonContext>
  );
}
