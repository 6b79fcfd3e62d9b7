import type { Metadata } from "next";
import { Bills } from "@/components/invoices/bills";
import { invoiceQueryOf } from "@/components/invoices/shown-due";
import { pageOrFirst } from "@/components/lists/page-or-first";
import type { SearchParams } from "@/components/lists/search-params";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName, mayAct } from "@/features/businesses/rules";
import { listInvoices } from "@/features/invoices/data";

export const metadata: Metadata = { title: "Bills" };

interface BillsPageProps {
  params: Promise<{ business: string }>;
  searchParams: SearchParams;
}

export default async function BillsPage({ params, searchParams }: BillsPageProps) {
  const { business } = await params;
  const scope = await pageScope(business);
  const { limit: _limit, ...asked } = await invoiceQueryOf("payable", searchParams);
  const now = new Date();
  const { query, data } = await pageOrFirst(asked, (each) => listInvoices(scope, { ...each, limit: 25 }, now));
  return (
    <Bills
      business={businessName(business)}
      mayPay={mayAct(scope.role, "FINANCE")}
      first={{ query: { ...query, status: query.status?.[0] }, data }}
    />
  );
}
