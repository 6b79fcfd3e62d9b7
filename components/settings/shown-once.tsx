"use client";

import type { ReactNode } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { DialogFooter } from "@/components/ui/dialog";

interface ShownOnceProps {
  /** What it is called above it: "First password"; and on the button: "password". */
  label: string;
  copyLabel: string;
  value: string;
  /** What happens when it is lost. */
  warning: ReactNode;
  onDone: () => void;
}

/** A secret that is shown this once, to be copied. */
export function ShownOnce({ label, copyLabel, value, warning, onDone }: ShownOnceProps) {
  return (
    <div className="flex flex-col gap-4">
      <Alert tone="warning" title="Copy it now: it is not shown again" live>
        {warning}
      </Alert>
      <div>
        <p className="mb-1.5 font-medium">{label}</p>
        <div className="flex flex-wrap items-center gap-2 rounded-md border border-line bg-sunken p-3">
          <code className="min-w-0 flex-1 select-all break-all font-mono">{value}</code>
          <CopyButton value={value} label={copyLabel} showLabel />
        </div>
      </div>
      <DialogFooter>
        <Button variant="primary" onClick={onDone}>
          I have copied it
        </Button>
      </DialogFooter>
    </div>
  );
}
