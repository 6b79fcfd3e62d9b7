"use client";

import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { TakenLinks } from "@/components/pay/taken-links";
import type { Payment, UsedUtr } from "@/features/payments/api";
import { paymentKeys, utrOfAllQuery, utrQuery } from "@/features/payments/client";
import { referenceWords } from "@/features/payments/reference";
import { amountInBank } from "@/features/payments/words";
import { someAtOnce, unhurried } from "@/lib/http/unhurried";

/** So many are looked up together. */
const AT_ONCE = 4;

/**
 * Which others name the same transfer as each of these, by their ids: those to its supplier or, where that is no chance, to any. Whoever
 * made a payment was asked about them; whoever approves it was not.
 */
export function useUsedElsewhere(business: string, payments: readonly Payment[]) {
  const client = useQueryClient();
  async function othersOf({ counterparty, objectId, utr }: Payment): Promise<[string, UsedUtr[]]> {
    const ofAll = utrOfAllQuery(business, utr);
    const query = ofAll.enabled ? ofAll : utrQuery(business, utr, counterparty.b2bId);
    if (!query.enabled) return [objectId, []];
    const { usedBy } = await unhurried(() => client.fetchQuery(query));
    return [objectId, usedBy.filter((one) => one.objectId !== objectId)];
  }
  return useQuery({
    queryKey: [...paymentKeys.all(business), "used-elsewhere", payments.map(({ objectId }) => objectId)],
    queryFn: async () => new Map(await someAtOnce(payments, AT_ONCE, othersOf)),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

/** Tells of these others. */
export function UsedElsewhere({ business, payment, others }: UsedElsewhereProps) {
  if (!others || others.length === 0) return null;
  return (
    <p className="font-medium">
      This {referenceWords(payment.mode).word} is named elsewhere too:{" "}
      <TakenLinks business={business} payments={others.map((one) => ({ ...one, totalPaise: amountInBank(one) }))} />.
      One transfer is paid once, and to one supplier.
    </p>
  );
}

interface UsedElsewhereProps {
  business: string;
  payment: Payment;
  others: readonly UsedUtr[] | undefined;
}
