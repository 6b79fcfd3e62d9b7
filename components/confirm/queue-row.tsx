"use client";

import { Undo2 } from "lucide-react";
import { memo } from "react";
import { invoiceNumberWords, waitingWords } from "@/components/confirm/answer-words";
import { UtrText } from "@/components/confirm/utr-text";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";
import { Money } from "@/components/ui/money";
import type { Payment } from "@/features/payments/api";
import { referenceWords } from "@/features/payments/reference";
import { LONG_WAIT_DAYS } from "@/features/payments/rules";
import { MODE_LABELS } from "@/features/protocol/status-words";
import { formatRupees, paise } from "@/lib/money";
import { formatDate } from "@/lib/time";

interface QueueRowProps {
  payment: Payment;
  /** See `SteadyItem`. */
  gone: boolean;
  isCurrent: boolean;
  onOpen: (objectId: string) => void;
}

/**
 * One payment as one looks for it in a bank statement: amount, UTR, party, day. Drawn anew when it changes itself, and far out of sight
 * not at all: beside hundreds of others each key would wait for all of them.
 */
export const QueueRow = memo(function QueueRow({ payment, gone, isCurrent, onOpen }: QueueRowProps) {
  const { counterparty, netPaise, adjustmentPaise, utr, daysWaiting } = payment;
  const { word } = referenceWords(payment.mode);
  const waiting = gone ? "Answered meanwhile" : waitingWords(daysWaiting);
  const isBack = payment.failure && !gone;
  return (
    <li
      data-payment={payment.objectId}
      className={cn(
        "relative grid [contain-intrinsic-size:auto_4.25rem] [content-visibility:auto] items-center grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-0.5 @max-[17.5rem]:grid-cols-1 border-line border-b px-4 py-3 sm:px-5 last:border-b-0 hover:bg-hover/60",
        isCurrent &&
          "lg:bg-accent-soft lg:hover:bg-accent-soft lg:forced-colors:border-l-4 lg:forced-colors:border-l-[Highlight]",
        gone && "text-muted",
      )}
    >
      <button
        type="button"
        aria-current={isCurrent || undefined}
        aria-label={`${counterparty.name}, ${formatRupees(paise(netPaise))}, ${word} ${utr}, ${isBack ? "came back" : waiting}`}
        onClick={() => onOpen(payment.objectId)}
        className="min-h-6 truncate text-left font-medium after:absolute after:inset-0 after:content-[''] focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
      >
        {counterparty.name}
      </button>
      <Money
        paise={paise(netPaise)}
        className={cn("text-right font-semibold text-[0.9375rem] @max-[17.5rem]:text-left", gone && "line-through")}
      />
      <span className="flex min-w-0 items-center gap-1">
        <UtrText utr={utr} className="min-w-0 text-[0.8125rem]" />
        <CopyButton value={utr} label={word} />
      </span>
      <span className="text-right text-[0.8125rem] text-muted @max-[17.5rem]:text-left">
        {adjustmentPaise > 0 && (
          <>
            +&nbsp;
            <Money paise={paise(adjustmentPaise)} /> adjusted
          </>
        )}
      </span>
      <span className="line-clamp-2 min-w-0 text-[0.8125rem] text-muted [overflow-wrap:anywhere]">
        {MODE_LABELS[payment.mode]}, {formatDate(new Date(payment.paidAt))} ·{" "}
        {/* A line ends before a number, not at a hyphen within it. */}
        <span className="inline-block max-w-full truncate align-bottom">{invoiceNumberWords(payment)}</span>
      </span>
      <span
        className={cn(
          "text-right text-[0.8125rem] @max-[17.5rem]:text-left",
          gone || (daysWaiting ?? 0) < LONG_WAIT_DAYS ? "text-muted" : "font-medium text-warning-ink",
        )}
      >
        {isBack ? (
          <span className="inline-flex items-center gap-1 font-medium text-danger-ink">
            <Undo2 aria-hidden className="size-3.5" /> Came back
          </span>
        ) : (
          waiting
        )}
      </span>
    </li>
  );
});
