import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { cache } from "react";
import { PaymentView } from "@/components/payments/payment-view";
import { orNotFound } from "@/features/businesses/page-data";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName, mayAct } from "@/features/businesses/rules";
import { getPayment } from "@/features/payments/data";
import { formatRupees, paise } from "@/lib/money";

interface PaymentPageProps {
  params: Promise<{ business: string; objectId: string }>;
}

/** Read once for the title and the page. */
const readPayment = cache(async (business: string, objectId: string) =>
  orNotFound(getPayment(await pageScope(business), objectId)),
);

export async function generateMetadata({ params }: PaymentPageProps): Promise<Metadata> {
  const { business, objectId } = await params;
  const { totalPaise, counterparty } = await readPayment(business, objectId);
  return { title: `${formatRupees(paise(totalPaise))} to ${counterparty.name}` };
}

export default async function PaymentMadePage({ params }: PaymentPageProps) {
  const { business, objectId } = await params;
  const scope = await pageScope(business);
  const payment = await readPayment(business, objectId);
  if (payment.side === "incoming") redirect(`/b/${business}/received/${objectId}`);
  return <PaymentView business={businessName(business)} initial={payment} mayAct={mayAct(scope.role, "FINANCE")} />;
}
