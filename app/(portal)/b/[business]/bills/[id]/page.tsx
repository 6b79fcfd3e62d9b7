import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { InvoiceView } from "@/components/invoices/invoice-view";
import { orNotFound } from "@/features/businesses/page-data";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName, mayAct } from "@/features/businesses/rules";
import { getInvoice } from "@/features/invoices/data";

interface BillPageProps {
  params: Promise<{ business: string; id: string }>;
}

/** Read once for the title and the page. */
const readBill = cache(async (business: string, id: string) => orNotFound(getInvoice(await pageScope(business), id)));

export async function generateMetadata({ params }: BillPageProps): Promise<Metadata> {
  const { business, id } = await params;
  const { supplierInvoiceNumber, counterparty } = await readBill(business, id);
  return { title: `${supplierInvoiceNumber}, ${counterparty.name}` };
}

export default async function BillPage({ params }: BillPageProps) {
  const { business, id } = await params;
  const scope = await pageScope(business);
  const invoice = await readBill(business, id);
  if (invoice.side !== "payable") notFound();
  return <InvoiceView business={businessName(business)} initial={invoice} mayAct={mayAct(scope.role, "FINANCE")} />;
}
