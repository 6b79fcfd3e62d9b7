"use client";

import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { alikeWarnings } from "@/components/pay/alike-warnings";
import { TakenLinks } from "@/components/pay/taken-links";
import type { ShownWarning } from "@/components/pay/warning-list";
import { useToday } from "@/components/today";
import { Alert } from "@/components/ui/alert";
import { Checkbox } from "@/components/ui/checkbox";
import { FieldNotes } from "@/components/ui/field-notes";
import type { Counterparty } from "@/features/counterparties/api";
import { alikeQuery } from "@/features/invoices/client";
import type { PaymentDetail } from "@/features/payments/api";
import { cashBefore, cashQuery, toOthers, utrOfAllQuery, utrQuery } from "@/features/payments/client";
import type { PayBill, TakenBy } from "@/features/payments/form";
import { referenceWords } from "@/features/payments/reference";
import { type PaymentRequest, paymentTotals } from "@/features/payments/schema";
import { payWarnings } from "@/features/payments/warnings";
import { amountInBank, endWords } from "@/features/payments/words";
import { toIstDay } from "@/lib/time";

export interface Reviewed {
  business: string;
  request: PaymentRequest;
  supplier: Counterparty;
  bills: readonly PayBill[];
  /** The failed or rejected payment that this one takes the place of. */
  again?: PaymentDetail | null | undefined;
  /** Its money is that of `again`. */
  isSameMoney: boolean;
}

const ANOTHER = "It is another transfer";

/** All that is unusual about the payment, what only the server knows included. */
export function useWarnings(reviewed: Reviewed): { warnings: ShownWarning[]; isChecking: boolean } {
  const { business, request, supplier, bills, again, isSameMoney } = reviewed;
  const { word } = referenceWords(request.mode);
  const used = useQuery({ ...utrQuery(business, request.utr, supplier.b2bId), enabled: true, staleTime: 0 });
  // Its own first try, whose reply was lost, is no other payment.
  const before = used.data?.usedBy.filter((payment) => payment.objectId !== request.objectId) ?? [];
  const ofAll = useQuery({ ...utrOfAllQuery(business, request.utr), staleTime: 0 });
  // Where no money moved it is a voucher's number, which may be of several suppliers.
  const others = paymentTotals(request.lines).net > 0 ? toOthers(ofAll.data?.usedBy, supplier.b2bId) : [];
  const today = useToday();
  const day = toIstDay(new Date(request.paidAt));
  const ofDay = useQuery({
    ...cashQuery(business, { supplier: supplier.b2bId, mode: request.mode, day }),
    staleTime: 0,
  });
  const warnings: ShownWarning[] = payWarnings(request, bills, supplier.name, {
    today,
    cashBefore: cashBefore(ofDay.data?.items ?? [], [request.objectId]),
  });
  const paid = bills.filter(({ id }) => request.lines.some((line) => line.invoiceId === id));
  const alike = useQuery({
    ...alikeQuery(
      business,
      paid.map(({ id }) => id),
    ),
    staleTime: 0,
  });
  warnings.unshift(...alikeWarnings(business, paid, alike.data?.items ?? []));
  const links = (payments: readonly (TakenBy & { netPaise: number })[]) => (
    <TakenLinks business={business} payments={payments.map((one) => ({ ...one, totalPaise: amountInBank(one) }))} />
  );
  if (others[0])
    warnings.unshift({
      tone: "danger",
      title: `You have told ${others[0].counterparty.name} of this ${word}`,
      words: <>{links(others)}. One transfer reaches one supplier: was it copied from another line of the statement?</>,
      tick: `This ${word} is the one of ${supplier.name}'s money`,
    });
  if (before.length > 0)
    warnings.unshift({
      tone: "danger",
      title: `You have told ${supplier.name} of this ${word} before`,
      words: <>{links(before)}. The same money can’t settle bills twice.</>,
      tick: ANOTHER,
    });
  if (again && !isSameMoney && again.utr === request.utr)
    warnings.unshift({
      tone: "danger",
      title: `This is the ${word} of the payment that was ${endWords(again)}`,
      words: <>{links([again])}. If it is the same money, go back and say so.</>,
      tick: ANOTHER,
    });
  if (used.isError || ofAll.isError)
    warnings.push({ tone: "warning", title: `Whether you used this ${word} before could not be looked up` });
  if (ofDay.isError)
    warnings.push({ tone: "warning", title: "What else you paid them in cash on that day could not be looked up" });
  if (alike.isError)
    warnings.push({
      tone: "warning",
      title: "Whether you have these bills under other numbers could not be looked up",
    });
  return { warnings, isChecking: [used, ofAll, ofDay, alike].some(({ isFetching }) => isFetching) };
}

/** Which of the warnings that ask for a tick have it. */
export function useTicks(warnings: readonly ShownWarning[]) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [isAsked, setAsked] = useState(false);
  const missing = warnings.some(({ title, tick }) => tick && !ticked.has(title));
  function toggle(title: string) {
    const next = new Set(ticked);
    if (!next.delete(title)) next.add(title);
    setTicked(next);
  }
  return { ticked, toggle, missing, isAsked, ask: () => setAsked(true) };
}

interface ReviewWarningsProps {
  warnings: readonly ShownWarning[];
  ticks: ReturnType<typeof useTicks>;
}

/** The warnings once more, and a tick for each that could cost money. */
export function ReviewWarnings({ warnings, ticks }: ReviewWarningsProps) {
  const id = useId();
  return warnings.map(({ title, tone, words, tick }, index) => {
    const isMissing = Boolean(tick) && ticks.isAsked && !ticks.ticked.has(title);
    const noteId = `${id}-${index}`;
    return (
      <Alert key={title} tone={tone} title={title} live>
        {words}
        {tick && (
          <div className="mt-2 flex flex-col gap-1">
            <Checkbox
              label={tick}
              checked={ticks.ticked.has(title)}
              onChange={() => ticks.toggle(title)}
              aria-invalid={isMissing}
              aria-describedby={isMissing ? `${noteId}-error` : undefined}
            />
            {isMissing && <FieldNotes id={noteId} error="Tick this if it is so, or go back." />}
          </div>
        )}
      </Alert>
    );
  });
}
