"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { hasFinePointer } from "./fine-pointer";
import { scrimStyles } from "./overlay-styles";
import { useReturnFocus } from "./use-return-focus";

export const Dialog = Radix.Root;
export const DialogClose = Radix.Close;

interface DialogContentProps extends Omit<ComponentProps<typeof Radix.Content>, "title"> {
  title: ReactNode;
  description?: ReactNode;
  size?: "sm" | "md" | "lg";
}

const widths = { sm: "sm:max-w-sm", md: "sm:max-w-lg", lg: "sm:max-w-2xl" };

const FIRST_FIELD = "input:not([hidden], [type=radio]:not(:checked)), select, textarea";

/** Begins at a form's first field, and not at the cross. */
function focusFirstField(event: Event) {
  const field = (event.currentTarget as Element).querySelector<HTMLElement>(FIRST_FIELD);
  if (!field || !hasFinePointer()) return;
  event.preventDefault();
  field.focus();
}

/** A window in the middle of the page; on a phone a sheet at its foot, in reach of the thumb. */
export function DialogContent({ title, description, size = "md", className, children, ...props }: DialogContentProps) {
  const { remember, giveBack } = useReturnFocus();
  return (
    <Radix.Portal>
      <Radix.Overlay className={scrimStyles} />
      <Radix.Content
        {...(description ? {} : { "aria-describedby": undefined })}
        {...props}
        onOpenAutoFocus={(event) => {
          remember();
          props.onOpenAutoFocus?.(event);
          if (!event.defaultPrevented) focusFirstField(event);
        }}
        onCloseAutoFocus={(event) => {
          props.onCloseAutoFocus?.(event);
          if (!event.defaultPrevented) giveBack(event);
        }}
        className={cn(
          // What a window asks may fill a short screen: then all of it scrolls, and not the rest of it alone.
          "fixed inset-x-0 bottom-0 z-50 flex max-h-[92dvh] flex-col short:block short:overflow-y-auto rounded-t-xl border border-line bg-raised shadow-lg outline-none",
          "data-[state=closed]:animate-fade-out data-[state=open]:animate-rise-in",
          "sm:inset-0 sm:m-auto sm:h-fit sm:w-[calc(100%-2rem)] sm:rounded-xl",
          widths[size],
          className,
        )}
      >
        <header className="flex items-start gap-4 px-5 pt-5">
          <div className="min-w-0 flex-1">
            <Radix.Title className="wrap-anywhere font-semibold text-base">{title}</Radix.Title>
            {description && (
              <Radix.Description className="wrap-anywhere mt-1 text-muted">{description}</Radix.Description>
            )}
          </div>
          <Radix.Close
            aria-label="Close"
            className="-mt-1 -mr-1.5 inline-flex size-8 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
          >
            <X aria-hidden className="size-4" />
          </Radix.Close>
        </header>
        {/* A field that is scrolled to comes with its label, and not under the buttons. */}
        <div className="min-h-0 flex-1 scroll-pt-12 scroll-pb-32 sm:scroll-pb-20 overflow-y-auto short:overflow-visible px-5 pt-4">
          {/* The room at the foot is not the scroller's own: what sticks would stay above it. */}
          <div className="pb-[max(1.25rem,env(safe-area-inset-bottom))]">{children}</div>
        </div>
      </Radix.Content>
    </Radix.Portal>
  );
}

/** The buttons at a dialog's end, in sight whatever its length; on a phone they fill the width, the main one on top. */
export function DialogFooter({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      {...props}
      className={cn(
        "mt-3 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end [&>*]:max-sm:w-full",
        // As wide as the window and down to its edge, so that nothing shows beside or below them; what passes behind fades out.
        "sticky short:static bottom-0 -mx-5 -mb-5 bg-raised px-5 pt-2 pb-5 sm:rounded-b-xl",
        "before:pointer-events-none before:absolute before:inset-x-0 before:bottom-full before:h-3 before:bg-linear-to-t before:from-raised short:before:hidden",
        className,
      )}
    />
  );
}
