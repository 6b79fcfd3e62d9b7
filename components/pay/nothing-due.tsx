"use client";

import { useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { forgetChosen } from "@/components/invoices/chosen-bills";
import { draftKey, loadDraft } from "@/components/pay/draft";
import { TakenLinks } from "@/components/pay/taken-links";
import { SENT_ALREADY, useOpenIfMade } from "@/components/pay/use-open-if-made";
import { Alert } from "@/components/ui/alert";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useTabStorage } from "@/components/ui/tab-storage";
import type { TakenBy } from "@/features/payments/form";

interface NothingDueProps {
  business: string;
  /** The bills that were asked for. */
  asked: readonly string[];
  /** The failed or rejected payment that was to be paid anew. */
  again?: string | undefined;
  payments: readonly TakenBy[];
}

/**
 * For bills that can't be paid any more. It may be this tab's own payment that took them, whose reply was lost: its page is the answer
 * then. Also where the page is read anew because a payment was refused: what took the bills meanwhile is one press away.
 */
export function NothingDue({ business, asked, again, payments }: NothingDueProps) {
  const tab = useTabStorage();
  const key = draftKey(business, asked, again);
  const { openIfMade } = useOpenIfMade(business, key, asked);
  const [isOthers, setOthers] = useState(false);
  // The UTR of this tab's own payment, which was sent and is not there.
  const [refused, setRefused] = useState<string | null>(null);
  const opened = useRef(false);

  useEffect(() => {
    if (opened.current) return;
    opened.current = true;
    forgetChosen(tab, business, asked);
    const draft = loadDraft(tab, key, []);
    if (!draft?.sent) return setOthers(true);
    void openIfMade(draft.objectId).then((made) => {
      if (made) return toast.info(SENT_ALREADY);
      setRefused(draft.values.utr);
      setOthers(true);
    });
  });

  return (
    <>
      <PageHeader breadcrumbs={[{ href: `/b/${business}/bills`, label: "Bills" }]} title="Pay" />
      {refused !== null && <NotRecorded utr={refused} />}
      {isOthers ? (
        <EmptyState
          title="Nothing is due any more"
          actions={<LinkButton href={`/b/${business}/bills`}>See your bills</LinkButton>}
        >
          These bills are paid, or a payment for them is on its way.
          {payments.length > 0 && (
            <p>
              <TakenLinks business={business} payments={sharesOf(payments).slice(0, 5)} />
            </p>
          )}
        </EmptyState>
      ) : (
        <SkeletonRows rows={6} label="Looking at these bills" />
      )}
    </>
  );
}

/** What each payment takes of all the bills that were asked for, in the payments' order. */
function sharesOf(payments: readonly TakenBy[]): TakenBy[] {
  const shares = new Map<string, TakenBy>();
  for (const payment of payments) {
    const before = shares.get(payment.objectId)?.totalPaise ?? 0;
    shares.set(payment.objectId, { ...payment, totalPaise: before + payment.totalPaise });
  }
  return [...shares.values()];
}

const focus = (element: HTMLElement | null) => element?.focus();

/** Somebody was faster: whoever has sent theirs must not take the other's success for their own. */
function NotRecorded({ utr }: { utr: string }) {
  return (
    <div tabIndex={-1} ref={focus} className="mb-4 outline-none">
      <Alert tone="danger" live title="Your payment was not recorded">
        <p>
          {utr === "" ? "It" : <>The one with the UTR {utr}</>} was sent after another payment had taken these bills,
          and the supplier was not told of it.
        </p>
        <p>If you have made that transfer as well, ask the supplier for it back, or to keep it for another bill.</p>
      </Alert>
    </div>
  );
}
