"use client";

import { type ReactNode, useId } from "react";
import { cn } from "./cn";
import { FieldContext } from "./field-context";
import { FieldNotes } from "./field-notes";
import { Label } from "./label";

export interface FieldProps {
  label: ReactNode;
  /** Stays visible while one types: what goes in here, and in which form. */
  hint?: ReactNode;
  /** What is wrong; marks the control invalid. Pass `errors.x?.message` of react-hook-form. */
  error?: ReactNode;
  /** Unusual, but allowed: shown like an error in a milder tone, and doesn't mark the control. */
  warning?: ReactNode;
  required?: boolean;
  /** Says "optional" after the label. Fields without it are taken to be needed. */
  optional?: boolean;
  hideLabel?: boolean;
  className?: string;
  children: ReactNode;
}

/** Label, hint, error and one control (`Input`, `MoneyInput`, `Select`, `Textarea`, …), wired for screen readers. */
export function Field(props: FieldProps) {
  const id = useId();
  const { hint, error, warning } = props;
  const notes = { hint, error, warning };
  const describedBy = (["error", "warning", "hint"] as const).filter((key) => notes[key]).map((key) => `${id}-${key}`);
  const value = {
    id,
    describedBy: describedBy.join(" ") || undefined,
    invalid: Boolean(error),
    required: Boolean(props.required),
  };
  return (
    <FieldContext value={value}>
      <div className={cn("flex min-w-0 flex-col gap-1.5", props.className)}>
        <Label htmlFor={id} optional={props.optional} className={cn(props.hideLabel && "sr-only")}>
          {props.label}
        </Label>
        {props.children}
        <FieldNotes id={id} {...notes} />
      </div>
    </FieldContext>
  );
}
