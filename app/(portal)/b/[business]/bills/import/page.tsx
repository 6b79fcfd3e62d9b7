import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ImportDesk } from "@/components/invoices/import/import-desk";
import { PageHeader } from "@/components/ui/page-header";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName, mayAct } from "@/features/businesses/rules";

export const metadata: Metadata = { title: "Import bills" };

export default async function ImportBillsPage({ params }: { params: Promise<{ business: string }> }) {
  const { business } = await params;
  const scope = await pageScope(business);
  if (!mayAct(scope.role, "FINANCE")) redirect(`/b/${business}/bills`);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ href: `/b/${business}/bills`, label: "Bills" }]}
        title="Import bills"
        description="Many bills at once, from a file. What is in your books already stays as it is, unless you say otherwise."
      />
      <ImportDesk business={businessName(business)} side="payable" />
    </>
  );
}
