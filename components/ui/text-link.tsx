import type { ComponentProps } from "react";
import { cn } from "./cn";
import { IntentLink } from "./intent-link";

/** A link within text or a table cell. */
export function TextLink({ className, ...props }: ComponentProps<typeof IntentLink>) {
  return (
    <IntentLink
      {...props}
      className={cn(
        "rounded-sm font-medium text-accent-ink underline decoration-accent/35 underline-offset-[3px] hover:decoration-current",
        className,
      )}
    />
  );
}
