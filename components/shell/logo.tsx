import { cn } from "@/components/ui/cn";
import { Wordmark } from "./wordmark";

/** A tick that hangs from a saffron line, as the letters of चुकता do from theirs. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={cn("size-7 shrink-0", className)}>
      <rect width="32" height="32" rx="8" className="fill-[#0d5c60]" />
      <path
        d="M9.2 18l4.9 5.2 7.6-13.6"
        className="fill-none stroke-[#fff]"
        strokeWidth="3.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path d="M6.5 9h19" className="stroke-[#f9b143]" strokeWidth="3.2" strokeLinecap="round" />
    </svg>
  );
}

export function Logo({ className }: { className?: string }) {
  return (
    <span className={cn("inline-flex items-center gap-2.5", className)}>
      <LogoMark />
      <span className="font-semibold text-[1.0625rem] tracking-tight">Chukta</span>
      <Wordmark className="mt-1 h-3.5 text-muted" />
    </span>
  );
}
