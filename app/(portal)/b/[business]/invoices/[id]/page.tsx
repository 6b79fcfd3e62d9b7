import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { InvoiceView } from "@/components/invoices/invoice-view";
import { orNotFound } from "@/features/businesses/page-data";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName, mayAct } from "@/features/businesses/rules";
import { getInvoice } from "@/features/invoices/data";

export const metadata: Metadata = { title: "Invoice" };

export default async function InvoicePage({ params }: { params: Promise<{ business: string; id: string }> }) {
  const { business, id } = await params;
  const scope = await pageScope(business);
  const invoice = await orNotFound(getInvoice(scope, id));
  if (invoice.side !== "receivable") notFound();
  return <InvoiceView business={businessName(business)} initial={invoice} mayAct={mayAct(scope.role, "FINANCE")} />;
}
