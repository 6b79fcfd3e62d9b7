import { Check, TriangleAlert, X } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { type Tone, toneSurface } from "./tone";

export function Timeline({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ol aria-label={label} className="flex flex-col">
      {children}
    </ol>
  );
}

const marks: Record<Tone, ReactNode> = {
  neutral: null,
  info: <span className="size-2 animate-shimmer rounded-full bg-current" />,
  success: <Check className="size-3.5" strokeWidth={2.5} />,
  warning: <TriangleAlert className="size-3.5" />,
  danger: <X className="size-3.5" strokeWidth={2.5} />,
};

interface TimelineItemProps {
  /** success = done, info = going on, neutral = still to come, warning and danger = trouble. */
  tone?: Tone;
  title: ReactNode;
  /** When, already formatted. */
  time?: ReactNode;
  /** Who, and what they said. */
  children?: ReactNode;
}

export function TimelineItem({ tone = "success", title, time, children }: TimelineItemProps) {
  return (
    <li className="group/step relative flex gap-3 pb-5 last:pb-0 print:pb-3">
      <span aria-hidden className="absolute top-7 bottom-0 left-3 w-px bg-line group-last/step:hidden" />
      <span
        aria-hidden
        className={cn(
          "inline-flex size-6 shrink-0 items-center justify-center rounded-full border",
          toneSurface[tone],
          tone === "neutral" && "border-control border-dashed bg-surface text-muted",
        )}
      >
        {marks[tone]}
      </span>
      <div className="min-w-0 flex-1 pt-0.5">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <p className={cn("font-medium", tone === "neutral" && "font-normal text-muted")}>{title}</p>
          {time && <p className="text-[0.8125rem] text-muted tabular-nums">{time}</p>}
        </div>
        {children && <div className="mt-0.5 text-muted">{children}</div>}
      </div>
    </li>
  );
}
