import type { Metadata } from "next";
import { Invoices } from "@/components/invoices/invoices";
import { invoiceQueryOf } from "@/components/invoices/shown-due";
import { pageOrFirst } from "@/components/lists/page-or-first";
import type { SearchParams } from "@/components/lists/search-params";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName, mayAct } from "@/features/businesses/rules";
import { listInvoices } from "@/features/invoices/data";

export const metadata: Metadata = { title: "Invoices" };

interface InvoicesPageProps {
  params: Promise<{ business: string }>;
  searchParams: SearchParams;
}

export default async function InvoicesPage({ params, searchParams }: InvoicesPageProps) {
  const { business } = await params;
  const scope = await pageScope(business);
  const { limit: _limit, ...asked } = await invoiceQueryOf("receivable", searchParams);
  const now = new Date();
  const { query, data } = await pageOrFirst(asked, (each) => listInvoices(scope, { ...each, limit: 25 }, now));
  return (
    <Invoices
      business={businessName(business)}
      mayRaise={mayAct(scope.role, "FINANCE")}
      first={{ query: { ...query, status: query.status?.[0] }, data }}
    />
  );
}
