"use client";

import { useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { forgetChosen } from "@/components/invoices/chosen-bills";
import { draftKey, loadDraft } from "@/components/pay/draft";
import { TakenLinks } from "@/components/pay/taken-links";
import { SENT_ALREADY, useOpenIfMade } from "@/components/pay/use-open-if-made";
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
  const opened = useRef(false);

  useEffect(() => {
    if (opened.current) return;
    opened.current = true;
    forgetChosen(tab, business, asked);
    const draft = loadDraft(tab, key, []);
    if (!draft?.sent) return setOthers(true);
    void openIfMade(draft.objectId).then((made) => (made ? toast.info(SENT_ALREADY) : setOthers(true)));
  });

  const first = payments.filter(
    ({ objectId }, index) => payments.findIndex((one) => one.objectId === objectId) === index,
  );
  return (
    <>
      <PageHeader breadcrumbs={[{ href: `/b/${business}/bills`, label: "Bills" }]} title="Pay" />
      {isOthers ? (
        <EmptyState
          title="Nothing is due any more"
          actions={<LinkButton href={`/b/${business}/bills`}>See your bills</LinkButton>}
        >
          These bills are paid, or a payment for them is on its way.
          {first.length > 0 && (
            <p>
              <TakenLinks business={business} payments={first.slice(0, 5)} />
            </p>
          )}
        </EmptyState>
      ) : (
        <SkeletonRows rows={6} label="Looking at these bills" />
      )}
    </>
  );
}
