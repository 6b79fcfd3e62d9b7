import type { ComponentProps } from "react";
import { cn } from "./cn";
import { IntentLink } from "./intent-link";

/**
 * The link of a table row. Its target covers the whole row, while screen readers meet one plain link.
 * Other controls of the row need `relative z-10` to stay reachable.
 */
export function RowLink({ className, ...props }: ComponentProps<typeof IntentLink>) {
  return (
    <IntentLink
      {...props}
      className={cn(
        "rounded-sm font-medium text-ink after:absolute after:inset-0 after:content-[''] hover:text-accent-ink hover:underline hover:underline-offset-4",
        className,
      )}
    />
  );
}
