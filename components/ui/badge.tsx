import type { ReactNode } from "react";
import { cn } from "./cn";
import { type Tone, toneSurface } from "./tone";

interface BadgeProps {
  tone?: Tone;
  /** A lucide icon, so that the tone is not told by colour alone. */
  icon?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A state in one or two words. */
export function Badge({ tone = "neutral", icon, className, children }: BadgeProps) {
  return (
    <span
      className={cn(
        "inline-flex items-center gap-1 whitespace-nowrap rounded-full border px-2 py-px font-medium text-xs leading-5 [&_svg]:size-3.5",
        toneSurface[tone],
        tone === "neutral" && "text-muted",
        className,
      )}
    >
      {icon}
      {children}
    </span>
  );
}
