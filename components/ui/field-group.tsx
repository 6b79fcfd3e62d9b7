"use client";

import { type ReactNode, useId } from "react";
import { cn } from "./cn";
import { FieldNotes } from "./field-notes";

interface FieldGroupProps {
  legend: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  hideLegend?: boolean;
  className?: string;
  children: ReactNode;
}

/** A `fieldset` for controls that answer one question together: radios, checkboxes, a segmented control. */
export function FieldGroup({ legend, hint, error, hideLegend, className, children }: FieldGroupProps) {
  const id = useId();
  const describedBy = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ");
  return (
    <fieldset aria-describedby={describedBy || undefined} className={cn("min-w-0", className)}>
      <legend className={cn("mb-1.5 font-medium", hideLegend && "sr-only")}>{legend}</legend>
      <div className="flex flex-col gap-1.5">
        {children}
        <FieldNotes id={id} hint={hint} error={error} />
      </div>
    </fieldset>
  );
}
