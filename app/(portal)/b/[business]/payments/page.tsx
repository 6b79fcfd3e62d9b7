import { ArrowLeftRight } from "lucide-react";
import type { Metadata } from "next";
import { pageOrFirst } from "@/components/lists/page-or-first";
import type { SearchParams } from "@/components/lists/search-params";
import { PaymentList } from "@/components/payments/payment-list";
import { asListed, paymentQueryOf } from "@/components/payments/payment-query";
import { ToApproveLink } from "@/components/payments/to-approve/to-approve-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName } from "@/features/businesses/rules";
import { listPayments } from "@/features/payments/data";

export const metadata: Metadata = { title: "Payments made" };

interface PaymentsMadePageProps {
  params: Promise<{ business: string }>;
  searchParams: SearchParams;
}

export default async function PaymentsMadePage({ params, searchParams }: PaymentsMadePageProps) {
  const { business } = await params;
  const scope = await pageScope(business);
  const { limit: _limit, ...asked } = await paymentQueryOf("outgoing", searchParams);
  const { query, data } = await pageOrFirst(asked, (each) => listPayments(scope, { ...each, limit: 25 }));
  return (
    <>
      <PageHeader
        title="Payments made"
        description="What you have paid, and what became of it."
        actions={<ToApproveLink business={businessName(business)} />}
      />
      <PaymentList
        business={businessName(business)}
        side="outgoing"
        first={{ query: asListed(query), data }}
        empty={
          <EmptyState icon={<ArrowLeftRight />} title="No payments yet">
            Choose bills to pay, and the payment appears here with its whole way to the supplier.
          </EmptyState>
        }
      />
    </>
  );
}
