"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { AnswerButtons } from "@/components/confirm/answer-buttons";
import { adjustmentWords, lookWords, waitingWords } from "@/components/confirm/answer-words";
import { PanelLines } from "@/components/confirm/panel-lines";
import { SameUtr } from "@/components/confirm/same-utr";
import { UtrText } from "@/components/confirm/utr-text";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { DescriptionItem, DescriptionList } from "@/components/ui/description-list";
import { EmptyState } from "@/components/ui/empty-state";
import { Money } from "@/components/ui/money";
import { PassingButton } from "@/components/ui/passing-button";
import { SkeletonRows } from "@/components/ui/skeleton";
import { TextLink } from "@/components/ui/text-link";
import type { Answer } from "@/features/confirmations/schema";
import type { Payment } from "@/features/payments/api";
import { askAgainMs, paymentQuery } from "@/features/payments/client";
import { referenceWords } from "@/features/payments/reference";
import { LONG_WAIT_DAYS } from "@/features/payments/rules";
import { amountInBank, answerRefusedWords } from "@/features/payments/words";
import { MODE_LABELS } from "@/features/protocol/status-words";
import { formatRupees, paise } from "@/lib/money";
import { portalNow } from "@/lib/portal-clock";
import { formatDateTime } from "@/lib/time";

interface PaymentPanelProps {
  business: string;
  objectId: string;
  /** As the list has it: shown until its details are there. */
  listed: Payment | undefined;
  mayAct: boolean;
  onAsk: (response: Answer["response"], payment: Payment) => void;
  /** Back to the list, where the panel has taken its place. */
  onBack: () => void;
}

export const PANEL_HEADING_ID = "payment-to-confirm";
const REFRESH_MS = 10_000;

/** The payment that one is working on: what to look for in the bank account, what it settles, and the answer. */
export function PaymentPanel({ business, objectId, listed, mayAct, onAsk, onBack }: PaymentPanelProps) {
  const { data, error, refetch } = useQuery({
    ...paymentQuery(business, objectId),
    refetchInterval: ({ state }) => askAgainMs(state.data, portalNow().getTime()) && REFRESH_MS,
  });
  const payment = data ?? listed;
  return (
    <div className="flex flex-col gap-3">
      <Button variant="ghost" size="sm" className="-ml-2 self-start lg:hidden" onClick={onBack}>
        <ArrowLeft aria-hidden /> All payments to confirm
      </Button>
      {payment && <PanelCard {...{ business, payment, mayAct, onAsk }} lines={data?.lines} />}
      {!payment && !error && <SkeletonRows rows={5} label="Loading the payment" />}
      {error && (
        <Card>
          <EmptyState
            title={payment ? "The details can't be shown just now" : "This payment can't be shown"}
            actions={
              <PassingButton size="md" onClick={() => void refetch()}>
                Try again
              </PassingButton>
            }
          >
            {error.message}
          </EmptyState>
        </Card>
      )}
    </div>
  );
}

type PanelCardProps = Pick<PaymentPanelProps, "business" | "mayAct" | "onAsk"> & {
  payment: Payment;
  lines: Parameters<typeof PanelLines>[0]["lines"] | undefined;
};

function PanelCard({ business, payment, lines, mayAct, onAsk }: PanelCardProps) {
  const { counterparty, totalPaise, adjustmentPaise, utr, status } = payment;
  const reference = referenceWords(payment.mode);
  const waits = status === "AWAITING_CONFIRMATION";
  return (
    <Card aria-labelledby={PANEL_HEADING_ID}>
      <CardBody className="flex flex-col gap-4">
        {!waits && <Answered payment={payment} />}
        {waits && payment.failure && (
          <Alert tone="danger" title="Your answer came back: please answer again">
            {answerRefusedWords(payment.failure)}
          </Alert>
        )}
        <div>
          <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
            <h2
              id={PANEL_HEADING_ID}
              tabIndex={-1}
              className="min-w-0 font-semibold text-[0.9375rem] outline-none [overflow-wrap:anywhere]"
            >
              {counterparty.name}
            </h2>
            {waits && (
              <Badge tone={(payment.daysWaiting ?? 0) < LONG_WAIT_DAYS ? "neutral" : "warning"}>
                {waitingWords(payment.daysWaiting)}
              </Badge>
            )}
          </div>
          <p className="mt-3 text-[0.8125rem] text-muted">{lookWords(payment).amount}</p>
          <p className="mt-0.5 font-semibold text-2xl tracking-tight">
            <Money paise={paise(amountInBank(payment))} />
          </p>
          {adjustmentPaise > 0 && (
            <p className="mt-0.5 text-[0.8125rem] text-muted">
              With {adjustmentWords(lines ?? []) || `${formatRupees(paise(adjustmentPaise))} of adjustments`} it settles{" "}
              <Money paise={paise(totalPaise)} className="text-ink" />.
            </p>
          )}
        </div>
        <div className="rounded-md bg-sunken px-3.5 py-2.5">
          <p className="text-[0.8125rem] text-muted">{reference.label}</p>
          <div className="mt-0.5 flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
            <UtrText utr={utr} className="min-w-0 text-base" />
            <CopyButton value={utr} label={reference.word} showLabel />
          </div>
        </div>
        {waits && <SameUtr business={business} payment={payment} />}
        <DescriptionList layout="grid">
          <DescriptionItem term="Mode">
            {MODE_LABELS[payment.mode]}, {payment.type === "ONPLATFORM" ? "on the platform" : "off the platform"}
          </DescriptionItem>
          <DescriptionItem wide term="Paid on">
            {formatDateTime(new Date(payment.paidAt))}
          </DescriptionItem>
        </DescriptionList>
        <PanelLines business={business} lines={lines} count={payment.invoiceCount} adjusted={adjustmentPaise > 0} />
        <p className="text-[0.8125rem]">
          <TextLink href={`/b/${business}/received/${payment.objectId}`}>All details of this payment</TextLink>
        </p>
      </CardBody>
      {waits && (
        <CardFooter
          data-floats
          className="sticky low:static z-20 bottom-[calc(3.75rem+env(safe-area-inset-bottom))] justify-start rounded-b-lg bg-surface lg:bottom-0"
        >
          <AnswerButtons payment={payment} mayAct={mayAct} onAsk={(response) => onAsk(response, payment)} />
        </CardFooter>
      )}
    </Card>
  );
}

/** Who answered what, where it was not the person who is looking at it. */
function Answered({
  payment: { supplierResponse, supplierRemarks, respondedBy, respondedAt, statusWords },
}: {
  payment: Payment;
}) {
  if (!supplierResponse || !respondedAt) return <Alert tone="info">{statusWords}.</Alert>;
  const did = supplierResponse === "ACCEPT" ? "accepted" : "rejected";
  return (
    <Alert tone="info" live title={`${respondedBy} ${did} this payment on ${formatDateTime(new Date(respondedAt))}`}>
      {supplierRemarks && `“${supplierRemarks}”`}
    </Alert>
  );
}
