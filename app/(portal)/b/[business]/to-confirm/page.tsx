import type { Metadata } from "next";
import { ConfirmQueue } from "@/components/confirm/confirm-queue";
import { queryOf, type SearchParams } from "@/components/lists/search-params";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName, mayAct } from "@/features/businesses/rules";
import { paymentQuerySchema } from "@/features/payments/api";
import { listPayments } from "@/features/payments/data";

export const metadata: Metadata = { title: "To confirm" };

interface ToConfirmPageProps {
  params: Promise<{ business: string }>;
  searchParams: SearchParams;
}

export default async function ToConfirmPage({ params, searchParams }: ToConfirmPageProps) {
  const { business } = await params;
  const scope = await pageScope(business);
  const fixed = { side: "incoming", status: "AWAITING_CONFIRMATION", sort: "createdAt" };
  // The address also says which payment is being worked on: that is the browser's own business.
  const words = searchParams.then(({ q }) => ({ q }));
  const { side, sort, limit, q } = await queryOf(paymentQuerySchema, fixed, words);
  const data = await listPayments(scope, { side, sort, limit, q, status: ["AWAITING_CONFIRMATION"] });
  return (
    <ConfirmQueue
      business={businessName(business)}
      mayAct={mayAct(scope.role, "FINANCE")}
      first={{ query: { side, sort, q, status: "AWAITING_CONFIRMATION" }, data }}
    />
  );
}
