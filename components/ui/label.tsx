import type { ComponentProps } from "react";
import { cn } from "./cn";

/** `Field` renders its own; this is for the rare control that stands alone. */
export function Label({ optional, className, children, ...props }: ComponentProps<"label"> & { optional?: boolean }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the caller gives htmlFor
    <label {...props} className={cn("font-medium", className)}>
      {children}
      {optional && <span className="font-normal text-muted"> (optional)</span>}
    </label>
  );
}
