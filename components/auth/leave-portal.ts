"use client";

import { toast } from "sonner";
import { clearTabStorage } from "@/components/ui/tab-storage";
import { signOut } from "@/lib/auth-client";
import { ProblemError } from "@/lib/http/client";

/** Ends the session and leaves; a whole new page, and the tab's storage cleared, so that nothing is left behind. When it fails it says so and stays. */
export async function leavePortal(): Promise<void> {
  try {
    await signOut();
    clearTabStorage();
    window.location.assign("/sign-in");
  } catch (error) {
    const words = error instanceof ProblemError ? error.message : "Please try again.";
    toast.error(`You are still signed in. ${words}`);
  }
}
