import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { cache } from "react";
import { ReceivedPayment } from "@/components/confirm/received-payment";
import { orNotFound } from "@/features/businesses/page-data";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName, mayAct } from "@/features/businesses/rules";
import { getPayment } from "@/features/payments/data";
import { formatRupees, paise } from "@/lib/money";

interface PaymentPageProps {
  params: Promise<{ business: string; objectId: string }>;
}

/** Read once for the page and its title. */
const readPayment = cache(async (business: string, objectId: string) => {
  const payment = await orNotFound(getPayment(await pageScope(business), objectId));
  if (payment.side === "outgoing") redirect(`/b/${business}/payments/${objectId}`);
  return payment;
});

export async function generateMetadata({ params }: PaymentPageProps): Promise<Metadata> {
  const { business, objectId } = await params;
  const { totalPaise, counterparty } = await readPayment(business, objectId);
  return { title: `${formatRupees(paise(totalPaise))} from ${counterparty.name}` };
}

export default async function PaymentReceivedPage({ params }: PaymentPageProps) {
  const { business, objectId } = await params;
  const [scope, payment] = await Promise.all([pageScope(business), readPayment(business, objectId)]);
  return <ReceivedPayment business={businessName(business)} initial={payment} mayAct={mayAct(scope.role, "FINANCE")} />;
}
