import type { Metadata } from "next";
import { pageOrFirst } from "@/components/lists/page-or-first";
import { queryOf, type SearchParams } from "@/components/lists/search-params";
import { PartyList } from "@/components/parties/party-list";
import { PARTY_LIST } from "@/components/parties/party-query";
import { PageHeader } from "@/components/ui/page-header";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName, mayAct } from "@/features/businesses/rules";
import { counterpartyQuerySchema } from "@/features/counterparties/api";
import { listCounterparties } from "@/features/counterparties/data";

export const metadata: Metadata = { title: "Parties" };

interface PartiesPageProps {
  params: Promise<{ business: string }>;
  searchParams: SearchParams;
}

export default async function PartiesPage({ params, searchParams }: PartiesPageProps) {
  const { business } = await params;
  const scope = await pageScope(business);
  const asked = await queryOf(counterpartyQuerySchema, PARTY_LIST, searchParams);
  const { query, data } = await pageOrFirst(asked, (each) => listCounterparties(scope, each));
  return (
    <>
      <PageHeader
        title="Parties"
        description="The businesses that you buy from and sell to, and where they want to be paid."
      />
      <PartyList business={businessName(business)} mayAct={mayAct(scope.role, "FINANCE")} first={{ query, data }} />
    </>
  );
}
