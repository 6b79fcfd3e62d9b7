import { cn } from "@/components/ui/cn";

/** The first letters of a name's first two words, in a tile. Decoration: the name stands beside it. */
export function Monogram({ name, round, className }: { name: string; round?: boolean; className?: string }) {
  const words = name.trim().split(/\s+/).slice(0, 2);
  const letters = words.map((word) => [...word][0] ?? "").join("");
  return (
    <span
      aria-hidden
      className={cn(
        "inline-flex size-8 shrink-0 items-center justify-center bg-accent-soft font-semibold text-accent-ink text-xs uppercase",
        round ? "rounded-full" : "rounded-md",
        className,
      )}
    >
      {letters}
    </span>
  );
}
