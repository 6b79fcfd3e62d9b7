import { CircleAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

interface FieldNotesProps {
  id: string;
  hint?: ReactNode;
  error?: ReactNode;
  warning?: ReactNode;
}

/** The lines under a control. Their ids are `${id}-error`, `${id}-warning` and `${id}-hint`. */
export function FieldNotes({ id, hint, error, warning }: FieldNotesProps) {
  return (
    <>
      {error && (
        <p id={`${id}-error`} className="flex items-start gap-1.5 text-[0.8125rem] text-danger-ink">
          <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          <span>{error}</span>
        </p>
      )}
      {warning && (
        <p id={`${id}-warning`} className="flex items-start gap-1.5 text-[0.8125rem] text-warning-ink">
          <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          <span>{warning}</span>
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="text-[0.8125rem] text-muted">
          {hint}
        </p>
      )}
    </>
  );
}
