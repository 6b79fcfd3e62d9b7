"use client";

import { useQuery } from "@tanstack/react-query";
import { Alert } from "@/components/ui/alert";
import { TextLink } from "@/components/ui/text-link";
import type { Payment, UsedUtr } from "@/features/payments/api";
import { receivedUtrQuery } from "@/features/payments/client";
import { amountInBank, paymentStatusWords } from "@/features/payments/words";
import { formatRupees, paise } from "@/lib/money";
import { formatDate } from "@/lib/time";

interface SameUtrProps {
  business: string;
  payment: Payment;
  className?: string;
}

/** Warns whoever answers a payment that another one which they received names the same transfer. */
export function SameUtr({ business, payment, className }: SameUtrProps) {
  const { data } = useQuery(receivedUtrQuery(business, payment.utr));
  const others = data?.usedBy.filter(({ objectId }) => objectId !== payment.objectId) ?? [];
  if (others.length === 0) return null;
  return (
    <Alert tone="warning" live title="The same transfer may be told twice" {...(className && { className })}>
      {others.map((other) => (
        <p key={other.objectId}>
          This UTR was also named in <OtherPayment business={business} payment={payment} other={other} />.
        </p>
      ))}
      <p className="mt-1">Accept both only if the money came {others.length === 1 ? "twice" : "each time"}.</p>
    </Alert>
  );
}

function OtherPayment({ business, payment, other }: SameUtrProps & { other: UsedUtr }) {
  const { objectId, counterparty, createdAt, status } = other;
  const amount = formatRupees(paise(amountInBank(other)));
  return (
    <>
      a{" "}
      <TextLink href={`/b/${business}/received/${objectId}`}>
        payment of {amount} received on {formatDate(new Date(createdAt))}
      </TextLink>{" "}
      {counterparty.b2bId !== payment.counterparty.b2bId && `from ${counterparty.name} `}(
      {paymentStatusWords("incoming", status, other).toLowerCase()})
    </>
  );
}
