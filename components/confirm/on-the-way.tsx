"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { CircleCheck, TriangleAlert } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { onTheWayQuery } from "@/components/confirm/queue-query";
import { Card, CardHeader } from "@/components/ui/card";
import { Money } from "@/components/ui/money";
import { Spinner } from "@/components/ui/spinner";
import { TextLink } from "@/components/ui/text-link";
import type { Delivery, Payment } from "@/features/payments/api";
import { paymentQuery } from "@/features/payments/client";
import { amountInBank, holdUpWords } from "@/features/payments/words";
import { paise } from "@/lib/money";

/** An answer arrives within a second or two: after so long on the way, in milliseconds, it is asked what holds it up. */
const SLOW_MS = 4_000;
const KEPT_DONE = 3;
/** So many are asked at most: mostly one thing holds up all of them. */
const EXPLAINED = 5;
const EXPLAIN_AGAIN_MS = 5_000;

/** Answers that have arrived since the page came, the latest first. */
function useArrived(business: string, onTheWay: readonly Payment[] | undefined): Payment[] {
  const client = useQueryClient();
  const before = useRef<readonly Payment[]>([]);
  const [arrived, setArrived] = useState<Payment[]>([]);
  useEffect(() => {
    if (!onTheWay) return;
    const left = before.current.filter((one) => !onTheWay.some(({ objectId }) => objectId === one.objectId));
    before.current = onTheWay;
    for (const { objectId } of left)
      client
        .fetchQuery({ ...paymentQuery(business, objectId), staleTime: 0 })
        .then((now) => {
          // One that came back is shown by the queue itself.
          if (now.status !== "ACCEPTED" && now.status !== "REJECTED") return;
          setArrived((all) => [now, ...all.filter((one) => one.objectId !== objectId)].slice(0, KEPT_DONE));
        })
        .catch(() => {});
  }, [business, client, onTheWay]);
  return arrived;
}

/** Answers that were given, until the buyer's side has them. */
export function OnTheWay({ business }: { business: string }) {
  const { data, dataUpdatedAt } = useQuery(onTheWayQuery(business));
  const arrived = useArrived(business, data?.items);
  const items = data?.items ?? [];
  const hidden = (data?.totals.count ?? 0) - items.length;
  return (
    <div aria-live="polite">
      {items.length + arrived.length > 0 && (
        <Card aria-label="Your answers">
          <CardHeader title="Your answers" />
          <ul className="divide-y divide-line px-4 pt-1 pb-2 sm:px-5">
            {items.map((payment, index) => (
              <AnswerLine
                key={payment.objectId}
                business={business}
                payment={payment}
                isSlow={
                  index < EXPLAINED &&
                  payment.respondedAt !== null &&
                  dataUpdatedAt - Date.parse(payment.respondedAt) > SLOW_MS
                }
              />
            ))}
            {hidden > 0 && <li className="py-2 text-[0.8125rem] text-muted">and {hidden} more on the way</li>}
            {arrived.map((payment) => (
              <AnswerLine key={payment.objectId} business={business} payment={payment} isSlow={false} />
            ))}
          </ul>
        </Card>
      )}
    </div>
  );
}

interface AnswerLineProps {
  business: string;
  payment: Payment;
  /** It takes long enough that one wants to know why. */
  isSlow: boolean;
}

/** What is going on with an answer that has not arrived yet. */
function waitWords({ undelivered }: Payment, delivery: Delivery | null | undefined): string {
  if (undelivered) return "This could not be delivered. Open the payment to send it again or take it back.";
  if (delivery?.state === "DELIVERED") return "Sent. The buyer's side has not taken it yet.";
  return holdUpWords(delivery) ?? "Sending your answer…";
}

function AnswerLine({ business, payment, isSlow }: AnswerLineProps) {
  const { counterparty, supplierResponse, objectId } = payment;
  const href = `/b/${business}/received/${objectId}`;
  const isSending = payment.status === "CONFIRMING";
  const { data } = useQuery({
    ...paymentQuery(business, objectId),
    enabled: isSlow,
    refetchInterval: EXPLAIN_AGAIN_MS,
  });
  const delivery = isSlow ? data?.delivery : null;
  return (
    <li className="py-2">
      <p className="flex items-baseline justify-between gap-4">
        <TextLink href={href} className="min-w-0 truncate">
          {counterparty.name}
        </TextLink>
        <span className="shrink-0">
          {supplierResponse === "REJECT" ? "Rejected" : "Accepted"} <Money paise={paise(amountInBank(payment))} />
        </span>
      </p>
      <p className="mt-0.5 flex items-center gap-1.5 text-[0.8125rem] text-muted">
        {isSending && payment.undelivered ? (
          <TriangleAlert aria-hidden className="size-3.5 text-danger-ink" />
        ) : isSending ? (
          <Spinner className="size-3.5" />
        ) : (
          <CircleCheck aria-hidden className="size-3.5 text-success-ink" />
        )}
        <span className="min-w-0 [overflow-wrap:anywhere]">
          {isSending ? waitWords(payment, delivery) : "The buyer has your answer."}
        </span>
      </p>
    </li>
  );
}
