import type { ReactNode } from "react";
import { cn } from "./cn";
import { CopyButton } from "./copy-button";

interface MonoProps {
  children: ReactNode;
  /** Adds a copy button: what the text is ("UTR") and, where `children` is not the plain text, the text. */
  copy?: { label: string; value: string };
  className?: string;
}

/** UTRs, invoice numbers, keys: text that is compared character by character. */
export function Mono({ children, copy, className }: MonoProps) {
  return (
    <span className={cn("inline-flex max-w-full items-center gap-1", className)}>
      <span className="min-w-0 break-all font-mono text-[0.8125rem]">{children}</span>
      {copy && <CopyButton {...copy} />}
    </span>
  );
}
