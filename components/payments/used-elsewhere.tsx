"use client";

import { useQuery } from "@tanstack/react-query";
import { TakenLinks } from "@/components/pay/taken-links";
import type { PaymentDetail } from "@/features/payments/api";
import { utrQuery } from "@/features/payments/client";
import { referenceWords } from "@/features/payments/reference";
import { amountInBank } from "@/features/payments/words";

interface UsedElsewhereProps {
  business: string;
  payment: PaymentDetail;
}

/** Tells whoever approves a payment which others name the same transfer: who made it was asked about them, and they were not. */
export function UsedElsewhere({ business, payment }: UsedElsewhereProps) {
  const { counterparty, mode, objectId, utr } = payment;
  const { data } = useQuery(utrQuery(business, utr, counterparty.b2bId));
  const others = data?.usedBy.filter((one) => one.objectId !== objectId) ?? [];
  if (others.length === 0) return null;
  return (
    <p className="font-medium">
      {counterparty.name} was told of this {referenceWords(mode).word} before:{" "}
      <TakenLinks business={business} payments={others.map((one) => ({ ...one, totalPaise: amountInBank(one) }))} />.
      The same money can't settle bills twice.
    </p>
  );
}
