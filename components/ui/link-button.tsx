import type { ComponentProps } from "react";
import { type ButtonLooks, buttonStyles } from "./button-styles";
import { cn } from "./cn";
import { IntentLink } from "./intent-link";

export type LinkButtonProps = ComponentProps<typeof IntentLink> & ButtonLooks;

/** A link that looks like a button: it goes somewhere, so it stays a link to the browser and to screen readers. */
export function LinkButton({ variant = "secondary", size, className, ...props }: LinkButtonProps) {
  return <IntentLink {...props} className={cn(buttonStyles({ variant, size }), className)} />;
}
