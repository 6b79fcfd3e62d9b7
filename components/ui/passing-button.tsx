"use client";

import { Button, type ButtonProps } from "./button";
import { focusMain } from "./focus-main";

/** A button that goes with what it asks for, such as "Try again" beside an error: the focus stays on the page, and isn't lost with it. */
export function PassingButton({ onClick, ...props }: ButtonProps) {
  return (
    <Button
      variant="secondary"
      size="sm"
      {...props}
      onClick={(event) => {
        onClick?.(event);
        focusMain({ preventScroll: true });
      }}
    />
  );
}
