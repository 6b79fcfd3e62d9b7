import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { EditInvoiceForm } from "@/components/invoices/invoice-form";
import { PageHeader } from "@/components/ui/page-header";
import { orNotFound } from "@/features/businesses/page-data";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName, mayAct } from "@/features/businesses/rules";
import { getInvoice } from "@/features/invoices/data";

export const metadata: Metadata = { title: "Edit bill" };

export default async function EditBillPage({ params }: { params: Promise<{ business: string; id: string }> }) {
  const { business, id } = await params;
  const scope = await pageScope(business);
  const invoice = await orNotFound(getInvoice(scope, id));
  if (invoice.side !== "payable") notFound();
  const href = `/b/${business}/bills/${id}`;
  if (!invoice.editable || !mayAct(scope.role, "FINANCE")) redirect(href);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ href: `/b/${business}/bills`, label: "Bills" }]}
        title={`Edit ${invoice.supplierInvoiceNumber}`}
        description={invoice.counterparty.name}
      />
      <EditInvoiceForm business={businessName(business)} invoice={invoice} />
    </>
  );
}
