"use client";

import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { floatingStyles } from "./overlay-styles";

/** Not modal: the page behind a menu stays readable and scrolls. Escape, Tab or a press elsewhere closes it. */
export function DropdownMenu(props: ComponentProps<typeof Radix.Root>) {
  return <Radix.Root modal={false} {...props} />;
}

export const DropdownMenuTrigger = Radix.Trigger;
export const DropdownMenuGroup = Radix.Group;
export const DropdownMenuRadioGroup = Radix.RadioGroup;

const itemStyles =
  "relative flex min-h-9 cursor-pointer select-none items-center gap-2 rounded-md px-2.5 py-1.5 focus-visible:-outline-offset-2 data-disabled:cursor-not-allowed data-disabled:opacity-50 data-highlighted:bg-hover sm:min-h-8 [&_svg]:size-4 [&_svg]:shrink-0";

export function DropdownMenuContent({ className, ...props }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        sideOffset={6}
        collisionPadding={8}
        {...props}
        className={cn(
          floatingStyles,
          "max-h-(--radix-dropdown-menu-content-available-height) min-w-48 max-w-[calc(100vw-1rem)] origin-(--radix-dropdown-menu-content-transform-origin) overflow-y-auto p-1",
          className,
        )}
      />
    </Radix.Portal>
  );
}

interface DropdownMenuItemProps extends ComponentProps<typeof Radix.Item> {
  tone?: "default" | "danger";
}

export function DropdownMenuItem({ tone, className, ...props }: DropdownMenuItemProps) {
  return (
    <Radix.Item
      {...props}
      className={cn(itemStyles, tone === "danger" ? "text-danger-ink" : "[&_svg]:text-muted", className)}
    />
  );
}

export function DropdownMenuRadioItem({ className, children, ...props }: ComponentProps<typeof Radix.RadioItem>) {
  return (
    <Radix.RadioItem {...props} className={cn(itemStyles, "pr-8", className)}>
      {children}
      <Radix.ItemIndicator className="absolute right-2.5 text-accent-ink">
        <Check aria-hidden />
      </Radix.ItemIndicator>
    </Radix.RadioItem>
  );
}

export function DropdownMenuLabel({ className, ...props }: ComponentProps<typeof Radix.Label>) {
  return <Radix.Label {...props} className={cn("px-2.5 pt-2 pb-1 font-medium text-muted text-xs", className)} />;
}

export function DropdownMenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
}
