import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { StatementDesk } from "@/components/confirm/statement/statement-desk";
import { PageHeader } from "@/components/ui/page-header";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName, mayAct } from "@/features/businesses/rules";

export const metadata: Metadata = { title: "Bank statement" };

export default async function StatementPage({ params }: { params: Promise<{ business: string }> }) {
  const { business } = await params;
  const scope = await pageScope(business);
  if (!mayAct(scope.role, "FINANCE")) redirect(`/b/${business}/to-confirm`);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ href: `/b/${business}/to-confirm`, label: "To confirm" }]}
        title="Look on a bank statement"
        description="Which of the payments that wait have arrived, all at once."
      />
      <StatementDesk business={businessName(business)} />
    </>
  );
}
