import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { NewInvoiceForm } from "@/components/invoices/invoice-form";
import { PageHeader } from "@/components/ui/page-header";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName, mayAct } from "@/features/businesses/rules";

export const metadata: Metadata = { title: "Add a bill" };

export default async function NewBillPage({ params }: { params: Promise<{ business: string }> }) {
  const { business } = await params;
  const scope = await pageScope(business);
  if (!mayAct(scope.role, "FINANCE")) redirect(`/b/${business}/bills`);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ href: `/b/${business}/bills`, label: "Bills" }]}
        title="Add a bill"
        description="A bill that came on paper or by e-mail."
      />
      <NewInvoiceForm business={businessName(business)} side="payable" />
    </>
  );
}
