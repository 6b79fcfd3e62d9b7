"use client";

import { useTheme } from "next-themes";
import { Toaster as Sonner } from "sonner";

/** Where toasts appear. Raise one with `toast.success("Payment sent")` from "sonner"; never put there what must not be missed. */
export function Toaster() {
  const { theme } = useTheme();
  return (
    <Sonner
      theme={theme === "dark" || theme === "light" ? theme : "system"}
      position="bottom-right"
      expand
      // Above the bars at the page's foot and what floats over it: a toast lies over no button.
      offset={{ bottom: "var(--toast-bottom)" }}
      mobileOffset={{ bottom: "var(--toast-bottom)" }}
      containerAriaLabel="Notifications"
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-center gap-2.5 rounded-lg border border-line bg-raised px-4 py-3 font-sans! text-sm text-ink shadow-lg sm:w-90",
          title: "font-medium",
          description: "text-muted",
          actionButton: "ml-auto shrink-0 rounded-sm px-2 py-1 font-medium text-accent-ink hover:bg-hover",
          success: "[&_[data-icon]]:text-success-ink",
          error: "[&_[data-icon]]:text-danger-ink",
          warning: "[&_[data-icon]]:text-warning-ink",
          info: "[&_[data-icon]]:text-info-ink",
        },
      }}
    />
  );
}
