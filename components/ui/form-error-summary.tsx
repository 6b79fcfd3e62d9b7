"use client";

import { CircleAlert } from "lucide-react";
import { useEffect, useRef } from "react";
import type { FormErrorItem } from "./form-errors";

interface FormErrorSummaryProps {
  errors: readonly FormErrorItem[];
  /** react-hook-form's `submitCount`: the summary takes the focus once per attempt, not at every keystroke. */
  attempt: number;
  title?: string;
}

function focusField(name: string) {
  const control = document.getElementsByName(name)[0] ?? document.getElementById(name);
  control?.focus();
  control?.scrollIntoView({ block: "center" });
}

/** Says at the top of a form what is wrong below, each line a way to its field. */
export function FormErrorSummary({ errors, attempt, title = "Please check these fields" }: FormErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null);
  const shown = errors.length > 0 && attempt > 0;
  useEffect(() => {
    if (shown && attempt) box.current?.focus();
  }, [shown, attempt]);
  if (!shown) return null;
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="rounded-md border border-danger-line bg-danger-soft px-3.5 py-3 text-danger-ink"
    >
      <p className="flex items-center gap-2 font-semibold">
        <CircleAlert aria-hidden className="size-4" /> {title}
      </p>
      <ul className="mt-1.5 ml-6 list-disc">
        {errors.map((error) => (
          <li key={error.name}>
            <button
              type="button"
              onClick={() => focusField(error.name)}
              className="min-h-6 text-left underline decoration-current/40 underline-offset-4 hover:decoration-current"
            >
              {error.message}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
