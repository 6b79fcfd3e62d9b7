"use client";

import { type ComponentProps, type FormEvent, useId, useState } from "react";
import { cn } from "./cn";
import { controlStyles } from "./control-styles";
import { useFieldControl } from "./field-context";

interface TextareaProps extends ComponentProps<"textarea"> {
  /** Shows a counter. Longer text is not cut off: the form says so, and nothing typed is lost. */
  limit?: number;
  /** The current length, where something else than typing can change the text (`watch("remarks").length`). */
  length?: number;
}

export function Textarea({ limit, length, className, onInput, ...props }: TextareaProps) {
  const counterId = useId();
  const [typed, setTyped] = useState(String(props.value ?? props.defaultValue ?? "").length);
  const control = useFieldControl(limit ? { ...props, "aria-describedby": counterId } : props);
  const count = length ?? typed;

  function handleInput(event: FormEvent<HTMLTextAreaElement>) {
    setTyped(event.currentTarget.value.length);
    onInput?.(event as Parameters<NonNullable<typeof onInput>>[0]);
  }
  return (
    <div className="flex flex-col gap-1">
      <textarea
        rows={3}
        {...control}
        onInput={handleInput}
        className={cn(controlStyles, "h-auto min-h-20 resize-y py-2 leading-6 sm:h-auto sm:leading-5", className)}
      />
      {limit !== undefined && (
        <p
          id={counterId}
          className={cn("self-end text-xs tabular-nums", count > limit ? "font-medium text-danger-ink" : "text-muted")}
        >
          {count > limit ? `${count - limit} too many` : `${count} of ${limit}`}
          <span className="sr-only"> characters</span>
        </p>
      )}
    </div>
  );
}
