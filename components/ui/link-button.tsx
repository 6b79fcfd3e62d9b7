import Link from "next/link";
import type { ComponentProps } from "react";
import { type ButtonLooks, buttonStyles } from "./button-styles";
import { cn } from "./cn";

export type LinkButtonProps = ComponentProps<typeof Link> & ButtonLooks;

/** A link that looks like a button: it goes somewhere, so it stays a link to the browser and to screen readers. */
export function LinkButton({ variant = "secondary", size, className, ...props }: LinkButtonProps) {
  return <Link {...props} className={cn(buttonStyles({ variant, size }), className)} />;
}
