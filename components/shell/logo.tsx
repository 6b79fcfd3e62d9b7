import { cn } from "@/components/ui/cn";

/** A tick that hangs from a saffron line, as the letters of चुकता do from theirs. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={cn("size-7 shrink-0", className)}>
      <rect width="32" height="32" rx="8" className="fill-[#0d5c60]" />
      <path d="M7 9.5h18" className="stroke-[#f7ab35]" strokeWidth="3" strokeLinecap="round" />
      <path
        d="M9 17.5l5 5.5 8-13.5"
        className="fill-none stroke-[#fff]"
        strokeWidth="3.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

export function Logo({ className }: { className?: string }) {
  return (
    <span className={cn("inline-flex items-center gap-2.5", className)}>
      <LogoMark />
      <span className="font-semibold text-[1.0625rem] tracking-tight">Chukta</span>
    </span>
  );
}
