"use client";

import { LogOut } from "lucide-react";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { leavePortal } from "./leave-portal";

/** The way out on pages outside any business. */
export function SignOutButton() {
  const [leaving, startLeaving] = useTransition();
  return (
    <Button variant="secondary" loading={leaving} onClick={() => startLeaving(leavePortal)}>
      <LogOut aria-hidden /> Sign out
    </Button>
  );
}
