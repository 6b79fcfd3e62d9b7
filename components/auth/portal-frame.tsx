"use client";

import type { ComponentProps } from "react";
import { AppShell } from "@/components/shell/app-shell";
import { leavePortal } from "./leave-portal";

/** The portal's shell with its way out: a server component can't hand over a function. */
export function PortalFrame(props: Omit<ComponentProps<typeof AppShell>, "onSignOut">) {
  return <AppShell {...props} onSignOut={leavePortal} />;
}
