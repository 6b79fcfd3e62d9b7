import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { InvoiceView } from "@/components/invoices/invoice-view";
import { orNotFound } from "@/features/businesses/page-data";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName, mayAct } from "@/features/businesses/rules";
import { getInvoice } from "@/features/invoices/data";

interface InvoicePageProps {
  params: Promise<{ business: string; id: string }>;
}

/** Read once for the page and its title. */
const readInvoice = cache(async (business: string, id: string) => {
  const invoice = await orNotFound(getInvoice(await pageScope(business), id));
  return invoice.side === "receivable" ? invoice : notFound();
});

export async function generateMetadata({ params }: InvoicePageProps): Promise<Metadata> {
  const { business, id } = await params;
  const { supplierInvoiceNumber, counterparty } = await readInvoice(business, id);
  return { title: `Invoice ${supplierInvoiceNumber} to ${counterparty.name}` };
}

export default async function InvoicePage({ params }: InvoicePageProps) {
  const { business, id } = await params;
  const [scope, invoice] = await Promise.all([pageScope(business), readInvoice(business, id)]);
  return <InvoiceView business={businessName(business)} initial={invoice} mayAct={mayAct(scope.role, "FINANCE")} />;
}
