import type { Metadata } from "next";
import { ApproveDesk } from "@/components/payments/to-approve/approve-desk";
import { PageHeader } from "@/components/ui/page-header";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName, mayAct } from "@/features/businesses/rules";
import { TO_APPROVE } from "@/features/payments/api";
import { listPayments } from "@/features/payments/data";

export const metadata: Metadata = { title: "To approve" };

interface ToApprovePageProps {
  params: Promise<{ business: string }>;
}

export default async function ToApprovePage({ params }: ToApprovePageProps) {
  const { business } = await params;
  const scope = await pageScope(business);
  const data = await listPayments(scope, { ...TO_APPROVE, status: [TO_APPROVE.status] });
  const name = businessName(business);
  return (
    <>
      <PageHeader
        title="To approve"
        description="Payments that wait for a second person. Look for each in the bank's statement; their suppliers hear of them once they are approved."
        breadcrumbs={[{ href: `/b/${name}/payments`, label: "Payments made" }]}
      />
      <ApproveDesk business={name} mayAct={mayAct(scope.role, "FINANCE")} first={{ query: TO_APPROVE, data }} />
    </>
  );
}
