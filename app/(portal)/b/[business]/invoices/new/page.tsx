import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { NewInvoiceForm } from "@/components/invoices/invoice-form";
import { PageHeader } from "@/components/ui/page-header";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName, mayAct } from "@/features/businesses/rules";

export const metadata: Metadata = { title: "Raise an invoice" };

export default async function NewInvoicePage({ params }: { params: Promise<{ business: string }> }) {
  const { business } = await params;
  const scope = await pageScope(business);
  if (!mayAct(scope.role, "FINANCE")) redirect(`/b/${business}/invoices`);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ href: `/b/${business}/invoices`, label: "Invoices" }]}
        title="Raise an invoice"
        description="The buyer sees it at once when they are on Chukta too."
      />
      <NewInvoiceForm business={businessName(business)} side="receivable" />
    </>
  );
}
