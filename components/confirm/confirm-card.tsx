"use client";

import { AnswerActions } from "@/components/confirm/answer-actions";
import { invoiceWords } from "@/components/payments/payment-table";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { DescriptionItem, DescriptionList } from "@/components/ui/description-list";
import { Money } from "@/components/ui/money";
import { TextLink } from "@/components/ui/text-link";
import type { Payment } from "@/features/payments/api";
import { MODE_LABELS } from "@/features/protocol/status-words";
import { paise } from "@/lib/money";
import { formatDateTime } from "@/lib/time";

interface ConfirmCardProps {
  business: string;
  payment: Payment;
  mayAct: boolean;
}

/** In groups of four, as one compares it with a bank statement; copied without the gaps. */
function Utr({ utr }: { utr: string }) {
  const groups = /^[A-Z0-9]{8,}$/i.test(utr) ? (utr.match(/.{1,4}/g) ?? [utr]) : [utr];
  return (
    <span className="inline-flex max-w-full items-center gap-1">
      <span className="flex min-w-0 flex-wrap gap-x-1.5 font-medium font-mono" aria-hidden>
        {groups.map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the groups of one text, which never move
          <span key={index} className="break-all">
            {group}
          </span>
        ))}
      </span>
      <span className="sr-only">{utr}</span>
      <CopyButton value={utr} label="UTR" />
    </span>
  );
}

/** One payment of the queue: what to look for in the bank account, and the answer. */
export function ConfirmCard({ business, payment, mayAct }: ConfirmCardProps) {
  const days = payment.daysWaiting ?? 0;
  return (
    <Card aria-label={`Payment of ${payment.counterparty.name}, UTR ${payment.utr}`} className="p-4 sm:p-5">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          <h2 className="font-semibold text-[0.9375rem]">
            <TextLink href={`/b/${business}/received/${payment.objectId}`}>{payment.counterparty.name}</TextLink>
          </h2>
          <p className="text-[0.8125rem] text-muted">
            {invoiceWords(payment)}
            {payment.type === "ONPLATFORM" && " · paid on the platform"}
          </p>
        </div>
        <Badge tone={days > 3 ? "warning" : "neutral"}>
          {days === 0 ? "Came today" : `Waiting ${days} ${days === 1 ? "day" : "days"}`}
        </Badge>
      </div>
      {payment.failure && (
        <Alert tone="warning" className="mt-3" title="Your answer was not taken: please answer again">
          {payment.failure.detail}
        </Alert>
      )}
      <DescriptionList layout="grid" className="my-4">
        <DescriptionItem term="To find in your account">
          <Money paise={paise(payment.netPaise)} className="font-semibold text-lg" />
          {payment.adjustmentPaise > 0 && (
            <span className="block text-[0.8125rem] text-muted">
              and <Money paise={paise(payment.adjustmentPaise)} /> adjusted
            </span>
          )}
        </DescriptionItem>
        <DescriptionItem term="UTR or reference" wide>
          <Utr utr={payment.utr} />
        </DescriptionItem>
        <DescriptionItem term={`Paid by ${MODE_LABELS[payment.mode]}`}>
          {formatDateTime(new Date(payment.paidAt))}
        </DescriptionItem>
      </DescriptionList>
      {mayAct && <AnswerActions business={business} payment={payment} />}
    </Card>
  );
}
