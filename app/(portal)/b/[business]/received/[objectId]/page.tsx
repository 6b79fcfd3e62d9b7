import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ReceivedPayment } from "@/components/confirm/received-payment";
import { orNotFound } from "@/features/businesses/page-data";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName, mayAct } from "@/features/businesses/rules";
import { getPayment } from "@/features/payments/data";

export const metadata: Metadata = { title: "Payment received" };

interface PaymentPageProps {
  params: Promise<{ business: string; objectId: string }>;
}

export default async function PaymentReceivedPage({ params }: PaymentPageProps) {
  const { business, objectId } = await params;
  const scope = await pageScope(business);
  const payment = await orNotFound(getPayment(scope, objectId));
  if (payment.side === "outgoing") redirect(`/b/${business}/payments/${objectId}`);
  return <ReceivedPayment business={businessName(business)} initial={payment} mayAct={mayAct(scope.role, "FINANCE")} />;
}
