import type { Metadata } from "next";
import { AgeingView } from "@/components/ageing/ageing-view";
import { pageOrFirst } from "@/components/lists/page-or-first";
import { queryOf, type SearchParams } from "@/components/lists/search-params";
import { getAgeing } from "@/features/ageing/data";
import { ageingQuerySchema } from "@/features/ageing/schema";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName } from "@/features/businesses/rules";

export const metadata: Metadata = { title: "Bills by age" };

interface BillsByAgePageProps {
  params: Promise<{ business: string }>;
  searchParams: SearchParams;
}

export default async function BillsByAgePage({ params, searchParams }: BillsByAgePageProps) {
  const { business } = await params;
  const scope = await pageScope(business);
  const { limit: _limit, ...asked } = await queryOf(ageingQuerySchema, { side: "payable" }, searchParams);
  const { query, data } = await pageOrFirst(asked, (each) => getAgeing(scope, { ...each, limit: 25 }));
  return <AgeingView business={businessName(business)} side="payable" first={{ query, data }} />;
}
