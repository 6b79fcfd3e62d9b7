"use client";

import { Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";

interface TooltipProps {
  content: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  /** Both where something else than pointing and focus opens it too, such as a press. */
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** One focusable element. A tooltip only adds to its name; touch screens show it by `open` alone. */
  children: ReactNode;
}

export const TooltipProvider = Radix.Provider;

export function Tooltip({ content, side = "top", children, ...control }: TooltipProps) {
  return (
    <Radix.Root {...control}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-w-64 data-[state=closed]:hidden animate-fade-in rounded-md bg-ink px-2.5 py-1.5 text-[0.8125rem] text-canvas shadow-lg forced-colors:border"
        >
          {content}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
