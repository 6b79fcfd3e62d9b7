import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ImportDesk } from "@/components/invoices/import/import-desk";
import { PageHeader } from "@/components/ui/page-header";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName, mayAct } from "@/features/businesses/rules";

export const metadata: Metadata = { title: "Import invoices" };

export default async function ImportInvoicesPage({ params }: { params: Promise<{ business: string }> }) {
  const { business } = await params;
  const scope = await pageScope(business);
  if (!mayAct(scope.role, "FINANCE")) redirect(`/b/${business}/invoices`);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ href: `/b/${business}/invoices`, label: "Invoices" }]}
        title="Import invoices"
        description="Many invoices at once, from a file. Buyers on Chukta see theirs at once."
      />
      <ImportDesk business={businessName(business)} side="receivable" />
    </>
  );
}
