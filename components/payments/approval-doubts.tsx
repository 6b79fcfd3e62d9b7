"use client";

import { keepPreviousData, type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { type AlikeBill, alikeWarnings } from "@/components/pay/alike-warnings";
import { TakenLinks } from "@/components/pay/taken-links";
import type { AlikeInvoices } from "@/features/invoices/alike-api";
import { alikeQuery } from "@/features/invoices/client";
import type { Payment, UsedUtr } from "@/features/payments/api";
import { paymentKeys, paymentQuery, utrOfAllQuery, utrQuery } from "@/features/payments/client";
import { referenceWords } from "@/features/payments/reference";
import { amountInBank } from "@/features/payments/words";
import { someAtOnce, unhurried } from "@/lib/http/unhurried";

/** So many are looked up together. */
const AT_ONCE = 4;

/** What there is to ask about a payment. Whoever made it was asked; whoever approves it was not. */
export interface Doubts {
  /** Others that name the same transfer: those to its supplier or, where that is no chance, to any. */
  others: readonly UsedUtr[];
  bills: readonly AlikeBill[];
  /** Of which of its bills there may be another on the books under another number. */
  alike: readonly AlikeInvoices[];
}

export const hasDoubts = (doubts: Doubts | undefined): boolean =>
  doubts !== undefined && doubts.others.length + doubts.alike.length > 0;

async function othersOf(client: QueryClient, business: string, payment: Payment): Promise<readonly UsedUtr[]> {
  const { counterparty, objectId, utr } = payment;
  const ofAll = utrOfAllQuery(business, utr);
  const query = ofAll.enabled ? ofAll : utrQuery(business, utr, counterparty.b2bId);
  if (!query.enabled) return [];
  const { usedBy } = await unhurried(() => client.fetchQuery(query));
  return usedBy.filter((one) => one.objectId !== objectId);
}

async function alikeOf(client: QueryClient, business: string, objectId: string): Promise<Omit<Doubts, "others">> {
  const { lines } = await unhurried(() =>
    client.fetchQuery({ ...paymentQuery(business, objectId), staleTime: 30_000 }),
  );
  const bills = lines.map(({ invoiceId, supplierInvoiceNumber }) => ({ id: invoiceId, supplierInvoiceNumber }));
  const ids = bills.map(({ id }) => id);
  const { items } = await unhurried(() => client.fetchQuery(alikeQuery(business, ids)));
  return { bills, alike: items };
}

/** What there is to ask about each of these, by their ids. */
export function useDoubts(business: string, payments: readonly Payment[]) {
  const client = useQueryClient();
  const doubtsOf = async (payment: Payment): Promise<[string, Doubts]> => {
    const others = await othersOf(client, business, payment);
    return [payment.objectId, { others, ...(await alikeOf(client, business, payment.objectId)) }];
  };
  return useQuery({
    queryKey: [...paymentKeys.all(business), "doubts", payments.map(({ objectId }) => objectId)],
    queryFn: async () => new Map(await someAtOnce(payments, AT_ONCE, doubtsOf)),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

interface DoubtsOfProps {
  business: string;
  payment: Payment;
  doubts: Doubts | undefined;
}

/** Tells of them. */
export function DoubtsOf({ business, payment, doubts }: DoubtsOfProps) {
  if (!doubts || !hasDoubts(doubts)) return null;
  const { others, bills, alike } = doubts;
  return (
    <>
      {others.length > 0 && (
        <p className="font-medium">
          This {referenceWords(payment.mode).word} is named elsewhere too:{" "}
          <TakenLinks business={business} payments={others.map((one) => ({ ...one, totalPaise: amountInBank(one) }))} />
          . One transfer is paid once, and to one supplier.
        </p>
      )}
      {alikeWarnings(business, bills, alike).map(({ title, words }) => (
        <p key={title} className="font-medium [overflow-wrap:anywhere]">
          {title}: {words}
        </p>
      ))}
    </>
  );
}
