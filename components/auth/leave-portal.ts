"use client";

import { toast } from "sonner";
import { signOut } from "@/lib/auth-client";
import { ProblemError } from "@/lib/http/client";

/** Ends the session and leaves; a whole new page, so that nothing in memory is left behind. When it fails it says so and stays. */
export async function leavePortal(): Promise<void> {
  try {
    await signOut();
    window.location.assign("/sign-in");
  } catch (error) {
    const words = error instanceof ProblemError ? error.message : "Please try again.";
    toast.error(`You are still signed in. ${words}`);
  }
}
