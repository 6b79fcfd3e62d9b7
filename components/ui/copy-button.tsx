"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { toast } from "sonner";
import { Button } from "./button";
import { cn } from "./cn";
import { COPY_REFUSED, copyText } from "./copy-text";

interface CopyButtonProps {
  value: string;
  /** What is copied: "UTR". The button is then called "Copy UTR". */
  label: string;
  /** Shows the words, not the icon alone. */
  showLabel?: boolean;
  className?: string;
}

export function CopyButton({ value, label, showLabel = false, className }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<"copied" | "failed" | null>(null);
  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(() => setOutcome(null), 2000);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function copy() {
    const copied = await copyText(value);
    setOutcome(copied ? "copied" : "failed");
    if (!copied) toast.error(COPY_REFUSED);
  }

  const Icon = outcome === "copied" ? Check : Copy;
  return (
    <>
      <Button
        variant={showLabel ? "secondary" : "ghost"}
        size={showLabel ? "sm" : "icon-sm"}
        aria-label={`Copy ${label}`}
        title={`Copy ${label}`}
        data-print="hide"
        className={cn("relative z-10", !showLabel && "-my-1 size-7 text-muted sm:size-7", className)}
        onClick={copy}
      >
        <Icon aria-hidden className={cn(outcome === "copied" && "text-success-ink")} />
        {showLabel && (outcome === "copied" ? "Copied" : `Copy ${label}`)}
      </Button>
      <span aria-live="polite" className="sr-only">
        {outcome === "copied" && `${label} copied`}
        {outcome === "failed" && `${label} could not be copied`}
      </span>
    </>
  );
}
