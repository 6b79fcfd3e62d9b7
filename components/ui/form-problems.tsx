"use client";

import { useEffect, useRef } from "react";
import type { FieldErrors, FieldValues } from "react-hook-form";
import { cn } from "./cn";
import { FormErrorSummary } from "./form-error-summary";
import { listFormErrors } from "./form-errors";
import { ProblemAlert } from "./problem-alert";

interface FormProblemsProps<Values extends FieldValues> {
  /** react-hook-form's own, of which `root.server` is what no field can explain. */
  formState: { errors: FieldErrors<Values>; submitCount: number };
  /** What a field belongs to, by its name, where the same is asked of several: "INV-7". */
  about?: (name: string) => string | undefined;
  className?: string;
}

/**
 * All that is wrong with a form, at its top: what the fields explain, each a way there, and what the server says of the whole. It takes
 * the focus, and so comes into view, once per attempt: on a phone whoever presses Save is far below it.
 */
export function FormProblems<Values extends FieldValues>({ formState, about, className }: FormProblemsProps<Values>) {
  const { root, ...fields } = formState.errors;
  const { submitCount } = formState;
  const errors = listFormErrors(fields).map(({ name, message }) => {
    const whose = about?.(name);
    return { name, message: whose === undefined ? message : `${whose}: ${message}` };
  });
  const box = useRef<HTMLDivElement>(null);
  // Where fields are wrong as well, the list of those takes the focus itself.
  const isAlone = root?.server !== undefined && errors.length === 0;
  useEffect(() => {
    if (isAlone && submitCount) box.current?.focus();
  }, [isAlone, submitCount]);
  return (
    <div className={cn("flex flex-col gap-4 empty:hidden", className)}>
      <FormErrorSummary errors={errors} attempt={submitCount} />
      {root?.server && (
        <div ref={box} tabIndex={-1} className="rounded-md">
          <ProblemAlert problem={root.server} />
        </div>
      )}
    </div>
  );
}
