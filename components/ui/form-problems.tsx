"use client";

import type { FieldErrors, FieldValues } from "react-hook-form";
import { Alert } from "./alert";
import { cn } from "./cn";
import { FormErrorSummary } from "./form-error-summary";
import { listFormErrors } from "./form-errors";

interface FormProblemsProps<Values extends FieldValues> {
  /** react-hook-form's own, of which `root.server` is what no field can explain. */
  formState: { errors: FieldErrors<Values>; submitCount: number };
  className?: string;
}

/** All that is wrong with a form, at its top: what the fields explain, each a way there, and what the server says of the whole. */
export function FormProblems<Values extends FieldValues>({ formState, className }: FormProblemsProps<Values>) {
  const { root, ...fields } = formState.errors;
  return (
    <div className={cn("flex flex-col gap-4 empty:hidden", className)}>
      <FormErrorSummary errors={listFormErrors(fields)} attempt={formState.submitCount} />
      {root?.server && (
        <Alert tone="danger" live>
          {root.server.message}
        </Alert>
      )}
    </div>
  );
}
