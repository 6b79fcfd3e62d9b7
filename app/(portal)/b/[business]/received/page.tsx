import { ArrowLeftRight } from "lucide-react";
import type { Metadata } from "next";
import { pageOrFirst } from "@/components/lists/page-or-first";
import type { SearchParams } from "@/components/lists/search-params";
import { PaymentList } from "@/components/payments/payment-list";
import { asListed, paymentQueryOf } from "@/components/payments/payment-query";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName } from "@/features/businesses/rules";
import { listPayments } from "@/features/payments/data";

export const metadata: Metadata = { title: "Payments received" };

interface PaymentsReceivedPageProps {
  params: Promise<{ business: string }>;
  searchParams: SearchParams;
}

export default async function PaymentsReceivedPage({ params, searchParams }: PaymentsReceivedPageProps) {
  const { business } = await params;
  const scope = await pageScope(business);
  const { limit: _limit, ...asked } = await paymentQueryOf("incoming", searchParams);
  const { query, data } = await pageOrFirst(asked, (each) => listPayments(scope, { ...each, limit: 25 }));
  return (
    <>
      <PageHeader
        title="Payments received"
        description="What buyers have paid you. Those without an answer wait under To confirm."
      />
      <PaymentList
        business={businessName(business)}
        side="incoming"
        first={{ query: asListed(query), data }}
        empty={
          <EmptyState icon={<ArrowLeftRight />} title="No payments yet">
            A payment appears here as soon as a buyer tells you of it.
          </EmptyState>
        }
      />
    </>
  );
}
