"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { countWords } from "@/components/lists/count-words";
import { type FirstPage, initialFor } from "@/components/lists/first-page";
import { hasDoubts, useDoubts } from "@/components/payments/approval-doubts";
import { ApproveChosen } from "@/components/payments/to-approve/approve-chosen";
import { ApproveTable } from "@/components/payments/to-approve/approve-table";
import { type Came, useOneByOne } from "@/components/payments/use-one-by-one";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { NotRefreshed } from "@/components/ui/not-refreshed";
import { TextLink } from "@/components/ui/text-link";
import { type Payment, type PaymentPage, type PaymentQueryInput, TO_APPROVE } from "@/features/payments/api";
import { paymentsQuery, sendApproval } from "@/features/payments/client";

/** Others approve meanwhile, and more is asked for. */
const REFRESH_MS = 10_000;

const inWords = (count: number) => countWords(count, "payment", "payments");

function tellElsewhere({ done, refused }: Came, asked: number): void {
  const words = `${inWords(done)} approved`;
  const lasting = { duration: 15_000 };
  if (done + refused < asked) toast.warning(`${words}, then it stopped. The others still wait.`, lasting);
  else if (refused > 0) toast.warning(`${words}. ${inWords(refused)} couldn't be.`, lasting);
  else toast.success(`${words}.`);
}

interface ApproveDeskProps {
  business: string;
  mayAct: boolean;
  first: FirstPage<PaymentQueryInput, PaymentPage>;
}

/** Payments that wait for a second person: some or all are approved after one question, each by itself. */
export function ApproveDesk({ business, mayAct, first }: ApproveDeskProps) {
  const { data, error } = useQuery({
    ...paymentsQuery(business, TO_APPROVE),
    ...initialFor(TO_APPROVE, first),
    refetchInterval: REFRESH_MS,
  });
  const approving = useOneByOne(business, {
    act: ({ objectId }, _nothing: null) => sendApproval(business, objectId),
    tellElsewhere,
  });
  const { outcomes } = approving;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const waiting = (data?.items ?? []).filter(({ objectId }) => outcomes.get(objectId)?.state !== "done");
  const doubts = useDoubts(business, waiting);
  const mayChoose = (payment: Payment) => !payment.approval?.madeByYou && !outcomes.has(payment.objectId);
  const toApprove = waiting.filter((payment) => chosen.has(payment.objectId) && mayChoose(payment));
  function choose(payments: readonly Payment[], isChosen: boolean) {
    const next = new Set(chosen);
    for (const { objectId } of payments) {
      if (isChosen) next.add(objectId);
      else next.delete(objectId);
    }
    setChosen(next);
  }
  const hidden = (data?.totals.count ?? 0) - (data?.items.length ?? 0);
  return (
    <>
      {error && <NotRefreshed what="list" className="mb-4" />}
      {hidden > 0 && (
        <Alert tone="info" className="mb-4">
          More wait than are shown: these are the {TO_APPROVE.limit} oldest, and others take their places.
        </Alert>
      )}
      <Refused business={business} outcomes={outcomes} />
      <Card aria-label="Payments to approve">
        {waiting.length > 0 ? (
          <ApproveTable
            business={business}
            payments={waiting}
            doubts={doubts.data}
            selection={mayAct ? { chosen: toApprove, mayChoose, choose, isFixed: approving.isRunning } : null}
          />
        ) : (
          <EmptyState icon={<CircleCheck />} title="Nothing waits for approval">
            What others ask you to approve appears here.
          </EmptyState>
        )}
        {mayAct && (waiting.length > 0 || outcomes.size > 0) && (
          <ApproveChosen
            approving={approving}
            toApprove={toApprove}
            doubtful={toApprove.filter(({ objectId }) => hasDoubts(doubts.data?.get(objectId))).length}
            isLookedThrough={!doubts.isPlaceholderData && !doubts.isPending}
            lookingFailed={doubts.error !== null}
            onLookAgain={() => void doubts.refetch()}
          />
        )}
      </Card>
    </>
  );
}

interface RefusedProps {
  business: string;
  outcomes: ReturnType<typeof useOneByOne>["outcomes"];
}

/** What couldn't be approved, with why: it may not stand in the list any more. */
function Refused({ business, outcomes }: RefusedProps) {
  const refused = [...outcomes.values()].filter((outcome) => outcome.state === "refused");
  if (refused.length === 0) return null;
  return (
    <Alert tone="warning" live className="mb-4" title={`${inWords(refused.length)} couldn't be approved`}>
      <ul>
        {refused.map(({ payment, words }) => (
          <li key={payment.objectId}>
            <TextLink href={`/b/${business}/payments/${payment.objectId}`}>
              {payment.counterparty.name}, {payment.utr}
            </TextLink>
            : {words}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
