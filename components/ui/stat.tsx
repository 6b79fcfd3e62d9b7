import { ArrowRight } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { IntentLink } from "./intent-link";

interface StatProps {
  label: ReactNode;
  /** The figure, mostly a `Money`. */
  value: ReactNode;
  /** A line below: "7 bills", "oldest 12 days". */
  detail?: ReactNode;
  href?: string;
  /** Something waits for this person: a saffron edge. */
  waiting?: boolean;
  className?: string;
}

export function Stat({ label, value, detail, href, waiting, className }: StatProps) {
  return (
    <div
      className={cn(
        "relative flex flex-col rounded-lg border border-line bg-surface p-4 shadow-xs",
        href && "transition-shadow hover:border-control/60 hover:shadow-sm",
        waiting &&
          "before:absolute before:inset-y-3 before:-left-px before:w-[3px] before:rounded-full before:bg-saffron",
        className,
      )}
    >
      <p className="flex items-center justify-between gap-2 text-[0.8125rem] text-muted">
        {href ? (
          <IntentLink href={href} className="rounded-sm after:absolute after:inset-0 after:rounded-lg">
            {label}
          </IntentLink>
        ) : (
          label
        )}
        {href && <ArrowRight aria-hidden className="size-3.5" />}
      </p>
      <p className="mt-1 font-semibold text-[1.375rem] leading-8 tracking-tight tabular-nums">{value}</p>
      {detail && <p className="text-[0.8125rem] text-muted">{detail}</p>}
    </div>
  );
}
