"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { AnswerDialog } from "@/components/confirm/answer-dialog";
import { CameBack } from "@/components/confirm/came-back";
import { OnTheWay } from "@/components/confirm/on-the-way";
import { PANEL_HEADING_ID, PaymentPanel } from "@/components/confirm/payment-panel";
import { QueueCard } from "@/components/confirm/queue-card";
import { QueueHeader } from "@/components/confirm/queue-header";
import { focusRow } from "@/components/confirm/queue-list";
import { useQueue } from "@/components/confirm/use-queue";
import type { FirstPage } from "@/components/lists/first-page";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { Answer } from "@/features/confirmations/schema";
import type { Payment, PaymentPage, PaymentQueryInput } from "@/features/payments/api";

interface ConfirmQueueProps {
  business: string;
  mayAct: boolean;
  first: FirstPage<PaymentQueryInput, PaymentPage>;
}

interface Asked {
  payment: Payment;
  response: Answer["response"];
}

/**
 * Payments that wait for this supplier's answer, oldest first: the list to find one in by the bank statement, and beside it (on a phone
 * in its place) the one that is worked on. After an answer the next one is there.
 */
export function ConfirmQueue({ business, mayAct, first }: ConfirmQueueProps) {
  const queue = useQueue(business, first);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [overtaken, setOvertaken] = useState<{ payment: Payment; words: string } | null>(null);
  const list = useRef<HTMLDivElement>(null);

  const { setChosen } = queue;
  const open = useCallback((objectId: string) => void setChosen(objectId, { history: "push" }), [setChosen]);
  function ask(response: Answer["response"], payment: Payment) {
    if (!mayAct) return;
    setOvertaken(null);
    setAsked({ payment, response });
    setAsking(true);
  }
  function moveOn({ objectId }: Payment) {
    const next = queue.nextAfter(objectId);
    queue.forget(objectId);
    void setChosen(queue.chosen === null ? null : next);
    return next;
  }
  /** To the search with the next amount in hand, where one searches; else to the next payment. */
  function focusNext() {
    const search = queue.q ? list.current?.querySelector<HTMLInputElement>("input[type=search]") : null;
    if (search?.offsetParent) return search.select();
    if (queue.current && focusRow(queue.current)) return;
    (document.getElementById(PANEL_HEADING_ID) ?? document.getElementById("main"))?.focus();
  }

  // On a phone one takes the other's place, and the focus with it.
  const before = useRef(queue.chosen);
  useEffect(() => {
    const left = before.current;
    before.current = queue.chosen;
    if (left === queue.chosen) return;
    if (queue.chosen === null && left !== null) focusRow(left);
    else if (list.current?.offsetParent === null) document.getElementById(PANEL_HEADING_ID)?.focus();
  }, [queue.chosen]);

  const cameBack = queue.shown.filter(({ payment, gone }) => payment.failure && !gone).map(({ payment }) => payment);
  // With nothing to work on the page belongs to the list; a search that finds nothing doesn't make it jump.
  const hasTwo = queue.current !== undefined || queue.q !== "";
  return (
    <>
      <QueueHeader business={business} isWorking={queue.chosen !== null} mayAct={mayAct} />
      <CameBack payments={cameBack} onSelect={open} />
      {overtaken && (
        <Alert
          tone="warning"
          live
          className="mb-4"
          title={`Someone was faster with the payment from ${overtaken.payment.counterparty.name}`}
          actions={
            <Button
              variant="secondary"
              size="sm"
              onClick={() => {
                setOvertaken(null);
                // This button goes with what it said.
                focusNext();
              }}
            >
              Got it
            </Button>
          }
        >
          {overtaken.words}
        </Alert>
      )}
      <div className={cn("grid items-start gap-4", hasTwo && "lg:grid-cols-[minmax(0,6fr)_minmax(0,7fr)]")}>
        <div ref={list} className={cn("min-w-0", queue.chosen && "max-lg:hidden")}>
          <QueueCard queue={queue} onOpen={open} onAsk={ask} mayAct={mayAct} />
        </div>
        <div className="flex min-w-0 flex-col gap-4 lg:sticky lg:top-8">
          {queue.current && (
            <div className={cn(!queue.chosen && "max-lg:hidden")}>
              <PaymentPanel
                key={queue.current}
                business={business}
                objectId={queue.current}
                listed={queue.shown.find(({ payment }) => payment.objectId === queue.current)?.payment}
                mayAct={mayAct}
                onAsk={ask}
                onBack={() => setChosen(null)}
              />
            </div>
          )}
          <OnTheWay business={business} />
        </div>
      </div>
      {asked && (
        <AnswerDialog
          business={business}
          {...asked}
          open={isAsking}
          onOpenChange={setAsking}
          onAnswered={() => moveOn(asked.payment)}
          onOvertaken={(words) => {
            setOvertaken({ payment: asked.payment, words });
            moveOn(asked.payment);
          }}
          onLeave={focusNext}
        />
      )}
    </>
  );
}
