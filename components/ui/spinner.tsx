import { LoaderCircle } from "lucide-react";
import { cn } from "./cn";

interface SpinnerProps {
  label?: string;
  /** How far it is: for the eye alone, since it changes too often to be read out. */
  progress?: string;
  className?: string;
}

/** With a `label` it says so to screen readers; without one it is decoration beside a text that already does. */
export function Spinner({ label, progress, className }: SpinnerProps) {
  const icon = <LoaderCircle aria-hidden data-spinner="" className={cn("size-4 animate-spin", className)} />;
  if (!label) return icon;
  return (
    <span role="status" className="inline-flex items-center gap-2 text-muted">
      {icon}
      {label}
      {progress && <span aria-hidden>{progress}</span>}
    </span>
  );
}
