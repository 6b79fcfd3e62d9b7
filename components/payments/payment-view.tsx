"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { broughtAt } from "@/components/brought-at";
import { useListHref } from "@/components/lists/list-place";
import { PaymentFacts } from "@/components/payments/payment-facts";
import { PaymentLines } from "@/components/payments/payment-lines";
import { PaymentNext } from "@/components/payments/payment-next";
import { PaymentStatusBadge } from "@/components/payments/payment-status";
import { PaymentTimeline } from "@/components/payments/payment-timeline";
import { Money } from "@/components/ui/money";
import { NotRefreshed } from "@/components/ui/not-refreshed";
import { PageHeader } from "@/components/ui/page-header";
import type { PaymentDetail } from "@/features/payments/api";
import { paymentQuery } from "@/features/payments/client";
import { amountInBank, correctionWords, settlesWords } from "@/features/payments/words";
import { formatRupees, paise } from "@/lib/money";

/** What it settles beside the money that moved; nothing where these are the same. */
function settlementWords(payment: PaymentDetail): string | undefined {
  if (payment.adjustmentPaise === 0) return undefined;
  if (payment.netPaise === 0) return "By adjustment alone: no money moved.";
  const [total, adjusted] = [payment.totalPaise, payment.adjustmentPaise].map((amount) => formatRupees(paise(amount)));
  return `${settlesWords(payment)} ${total}, with ${adjusted} adjusted.`;
}

interface PaymentViewProps {
  business: string;
  initial: PaymentDetail;
  mayAct: boolean;
  /** What can be done with it, above the details: the answer to a payment received. */
  renderActions?: (payment: PaymentDetail) => ReactNode;
}

/** One payment, on either side. It follows what happens to it by itself. */
export function PaymentView({ business, initial, mayAct, renderActions }: PaymentViewProps) {
  const { data: payment, isError } = useQuery({
    ...paymentQuery(business, initial.objectId),
    initialData: initial,
    initialDataUpdatedAt: broughtAt(initial),
  });
  const correction = mayAct ? correctionWords(payment) : null;
  const isOutgoing = payment.side === "outgoing";
  const [folder, label] = isOutgoing ? ["payments", "Payments made"] : ["received", "Payments received"];
  const list = useListHref(`/b/${business}/${folder}`);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ href: list, label }]}
        title={
          <>
            <Money paise={paise(amountInBank(payment))} /> {isOutgoing ? "to" : "from"} {payment.counterparty.name}
          </>
        }
        description={settlementWords(payment)}
        badge={
          <span role="status">
            <PaymentStatusBadge payment={payment} />
          </span>
        }
      />
      {isError && <NotRefreshed what="page" className="mb-4" />}
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <PaymentNext business={business} payment={payment} mayAct={mayAct} />
          {renderActions?.(payment)}
          <PaymentFacts payment={payment} />
          <PaymentLines business={business} payment={payment} />
          {correction && (
            <p data-print="hide" className="max-w-prose px-1 text-[0.8125rem] text-muted">
              {correction}
            </p>
          )}
        </div>
        <PaymentTimeline entries={payment.timeline} />
      </div>
    </>
  );
}
