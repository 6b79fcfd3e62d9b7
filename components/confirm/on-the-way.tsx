"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { onTheWayQuery } from "@/components/confirm/queue-query";
import { Card, CardHeader } from "@/components/ui/card";
import { Money } from "@/components/ui/money";
import { Spinner } from "@/components/ui/spinner";
import { TextLink } from "@/components/ui/text-link";
import type { Payment } from "@/features/payments/api";
import { paymentQuery } from "@/features/payments/client";
import { paise } from "@/lib/money";

/** After so long on the way something is wrong, and the payment's own page says what, in milliseconds. */
const SLOW_MS = 60_000;
const KEPT_DONE = 3;

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
            {items.map((payment) => (
              <AnswerLine key={payment.objectId} business={business} payment={payment} now={dataUpdatedAt} />
            ))}
            {hidden > 0 && <li className="py-2 text-[0.8125rem] text-muted">and {hidden} more on the way</li>}
            {arrived.map((payment) => (
              <AnswerLine key={payment.objectId} business={business} payment={payment} now={dataUpdatedAt} />
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
  /** When the list was read, in milliseconds: what is slow is slow by then. */
  now: number;
}

function AnswerLine({ business, payment, now }: AnswerLineProps) {
  const { counterparty, netPaise, supplierResponse, respondedAt, objectId } = payment;
  const href = `/b/${business}/received/${objectId}`;
  const isSending = payment.status === "CONFIRMING";
  const isSlow = isSending && respondedAt !== null && now - Date.parse(respondedAt) > SLOW_MS;
  return (
    <li className="py-2">
      <p className="flex items-baseline justify-between gap-4">
        <TextLink href={href} className="min-w-0 truncate">
          {counterparty.name}
        </TextLink>
        <span className="shrink-0">
          {supplierResponse === "REJECT" ? "Rejected" : "Accepted"} <Money paise={paise(netPaise)} />
        </span>
      </p>
      <p className="mt-0.5 flex items-center gap-1.5 text-[0.8125rem] text-muted">
        {isSending ? (
          <Spinner className="size-3.5" />
        ) : (
          <CircleCheck aria-hidden className="size-3.5 text-success-ink" />
        )}
        {isSending && !isSlow && "Sending your answer…"}
        {isSlow && "Still on its way: the payment's page says what holds it up."}
        {!isSending && "The buyer has your answer."}
      </p>
    </li>
  );
}
