"use client";

import type { KeyboardEvent } from "react";
import { toast } from "sonner";
import { QueueRow } from "@/components/confirm/queue-row";
import type { SteadyItem } from "@/components/confirm/steady-list";
import { COPY_REFUSED, copyText } from "@/components/ui/copy-text";
import type { Answer } from "@/features/confirmations/schema";
import type { Payment } from "@/features/payments/api";
import { referenceWords } from "@/features/payments/reference";

interface QueueListProps {
  items: readonly SteadyItem[];
  currentId: string | undefined;
  /** To one on purpose. The same function at each render, so that the rows stay as they are. */
  onOpen: (objectId: string) => void;
  /** To the next one, going through the list by key. */
  onStep: (objectId: string) => void;
  onAsk: (response: Answer["response"], payment: Payment) => void;
}

const rowButton = (row: Element | null | undefined) => row?.querySelector<HTMLButtonElement>("button");

/** Puts the focus on a payment's row; false where it can't be seen. */
export function focusRow(objectId: string): boolean {
  const button = rowButton(document.querySelector(`[data-payment="${CSS.escape(objectId)}"]`));
  if (!button?.offsetParent) return false;
  button.focus();
  return true;
}

/** The row that an arrow key leads to. */
function rowFrom(row: Element, key: string): Element | null | undefined {
  if (key === "ArrowDown") return row.nextElementSibling;
  if (key === "ArrowUp") return row.previousElementSibling;
  if (key === "Home") return row.parentElement?.firstElementChild;
  return key === "End" ? row.parentElement?.lastElementChild : null;
}

/**
 * The queue's rows. While one of them has the focus: arrows go through them, A accepts, R rejects, C copies the UTR. Such keys
 * work here alone, so that nobody who dictates or types elsewhere answers a payment by accident (WCAG 2.1.4).
 */
export function QueueList({ items, currentId, onOpen, onStep, onAsk }: QueueListProps) {
  async function copyUtr({ utr, mode }: Payment) {
    if (await copyText(utr)) toast.success(`Copied: ${referenceWords(mode).word} ${utr}`);
    else toast.error(COPY_REFUSED);
  }
  function handleKey(event: KeyboardEvent) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
    const row = (event.target as Element).closest<HTMLElement>("[data-payment]");
    const item = items.find(({ payment }) => payment.objectId === row?.dataset.payment);
    if (!row || !item) return;
    const next = rowFrom(row, event.key);
    const key = event.key.toLowerCase();
    if (next) {
      event.preventDefault();
      rowButton(next)?.focus();
      onStep((next as HTMLElement).dataset.payment ?? "");
    } else if (key === "c") void copyUtr(item.payment);
    else if ((key === "a" || key === "r") && !item.gone) {
      event.preventDefault();
      if (key === "a" || item.payment.type === "OFFPLATFORM") onAsk(key === "a" ? "ACCEPT" : "REJECT", item.payment);
      else toast.info("A payment made on the platform can't be rejected.");
    }
  }
  return (
    <ul aria-label="Payments to confirm" className="@container" onKeyDown={handleKey}>
      {items.map(({ payment, gone }) => (
        <QueueRow
          key={payment.objectId}
          payment={payment}
          gone={gone}
          isCurrent={payment.objectId === currentId}
          onOpen={onOpen}
        />
      ))}
    </ul>
  );
}
