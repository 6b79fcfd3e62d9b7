import { cn } from "./cn";

/** How many things wait. `waiting` (saffron) means for this person; nothing is drawn for zero. */
export function CountBadge({ count, label, waiting }: { count: number; label: string; waiting?: boolean }) {
  if (count <= 0) return null;
  return (
    <span
      className={cn(
        "inline-flex h-5 min-w-5 items-center justify-center rounded-full px-1.5 font-semibold text-[0.6875rem] tabular-nums",
        waiting ? "bg-saffron text-on-saffron" : "bg-hover text-muted",
      )}
    >
      <span aria-hidden>{count > 99 ? "99+" : count}</span>
      <span className="sr-only">
        {count} {label}
      </span>
    </span>
  );
}
