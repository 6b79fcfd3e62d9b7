"use client";

import { AlertDialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button";
import { focusMain } from "./focus-main";
import { scrimStyles } from "./overlay-styles";
import { useReturnFocus } from "./use-return-focus";

interface AlertDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The question: "Reject this payment?" */
  title: ReactNode;
  /** What will happen, and whether it can be undone. */
  description: ReactNode;
  /** The verb: "Reject payment". */
  confirmLabel: string;
  /** Null where there is no way back. */
  cancelLabel?: string | null;
  tone?: "default" | "danger";
  loading?: boolean;
  /** What was asked for is done: what opened this goes with that, so the focus goes to the page. */
  done?: boolean;
  onConfirm: () => void;
  children?: ReactNode;
}

/** Asks before something that can't be undone. It stays open until `onOpenChange(false)`, so a failure can be shown in it. */
export function AlertDialog(props: AlertDialogProps) {
  const { remember, giveBack } = useReturnFocus();
  return (
    <Radix.Root open={props.open} onOpenChange={(open) => !props.loading && props.onOpenChange(open)}>
      <Radix.Portal>
        <Radix.Overlay className={scrimStyles} />
        <Radix.Content
          onOpenAutoFocus={remember}
          onCloseAutoFocus={(event) => {
            if (!props.done) return giveBack(event);
            event.preventDefault();
            focusMain({ preventScroll: true });
          }}
          className="fixed inset-x-0 bottom-0 z-50 max-h-[92dvh] overflow-y-auto rounded-t-xl border border-line bg-raised p-5 pb-[max(1.25rem,env(safe-area-inset-bottom))] shadow-lg outline-none data-[state=closed]:animate-fade-out data-[state=open]:animate-rise-in sm:inset-0 sm:m-auto sm:h-fit sm:w-[calc(100%-2rem)] sm:max-w-md sm:rounded-xl"
        >
          <Radix.Title className="wrap-anywhere font-semibold text-base">{props.title}</Radix.Title>
          <Radix.Description className="wrap-anywhere mt-1.5 text-muted">{props.description}</Radix.Description>
          {props.children && <div className="mt-4">{props.children}</div>}
          <div className="mt-5 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
            {props.cancelLabel !== null && (
              <Radix.Cancel asChild>
                <Button variant="secondary">{props.cancelLabel ?? "Cancel"}</Button>
              </Radix.Cancel>
            )}
            {/* A plain button, not Radix.Action, which would close before the work is done. */}
            <Button
              variant={props.tone === "danger" ? "danger" : "primary"}
              loading={props.loading}
              onClick={props.onConfirm}
            >
              {props.confirmLabel}
            </Button>
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
