"use client";

import { useQuery } from "@tanstack/react-query";
import { TakenLinks } from "@/components/pay/taken-links";
import type { PaymentDetail } from "@/features/payments/api";
import { utrOfAllQuery, utrQuery } from "@/features/payments/client";
import { referenceWords } from "@/features/payments/reference";
import { amountInBank } from "@/features/payments/words";

interface UsedElsewhereProps {
  business: string;
  payment: PaymentDetail;
}

/**
 * Tells whoever approves a payment which others name the same transfer, to this supplier or, where that is no chance, to any: who made it
 * was asked about them, and they were not.
 */
export function UsedElsewhere({ business, payment }: UsedElsewhereProps) {
  const { counterparty, mode, objectId, utr } = payment;
  const { data: ofSupplier } = useQuery(utrQuery(business, utr, counterparty.b2bId));
  const { data: ofAll } = useQuery(utrOfAllQuery(business, utr));
  const others = (ofAll ?? ofSupplier)?.usedBy.filter((one) => one.objectId !== objectId) ?? [];
  if (others.length === 0) return null;
  return (
    <p className="font-medium">
      This {referenceWords(mode).word} is named elsewhere too:{" "}
      <TakenLinks business={business} payments={others.map((one) => ({ ...one, totalPaise: amountInBank(one) }))} />.
      One transfer is paid once, and to one supplier.
    </p>
  );
}
