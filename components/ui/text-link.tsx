import Link from "next/link";
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** A link within text or a table cell. */
export function TextLink({ className, ...props }: ComponentProps<typeof Link>) {
  return (
    <Link
      {...props}
      className={cn(
        "rounded-sm font-medium text-accent-ink underline decoration-accent/35 underline-offset-[3px] hover:decoration-current",
        className,
      )}
    />
  );
}
