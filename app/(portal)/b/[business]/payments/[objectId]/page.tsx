import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { PaymentView } from "@/components/payments/payment-view";
import { orNotFound } from "@/features/businesses/page-data";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName, mayAct } from "@/features/businesses/rules";
import { getPayment } from "@/features/payments/data";

export const metadata: Metadata = { title: "Payment made" };

interface PaymentPageProps {
  params: Promise<{ business: string; objectId: string }>;
}

export default async function PaymentMadePage({ params }: PaymentPageProps) {
  const { business, objectId } = await params;
  const scope = await pageScope(business);
  const payment = await orNotFound(getPayment(scope, objectId));
  if (payment.side === "incoming") redirect(`/b/${business}/received/${objectId}`);
  return <PaymentView business={businessName(business)} initial={payment} mayAct={mayAct(scope.role, "FINANCE")} />;
}
