import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { PartyForm } from "@/components/parties/party-form";
import { partyHref } from "@/components/parties/party-query";
import { PageHeader } from "@/components/ui/page-header";
import { orNotFound } from "@/features/businesses/page-data";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName, mayAct } from "@/features/businesses/rules";
import { getCounterparty } from "@/features/counterparties/data";
import { localPath } from "@/lib/local-path";

export const metadata: Metadata = { title: "Correct a party" };

interface EditPartyPageProps {
  params: Promise<{ business: string; b2bId: string }>;
  searchParams: Promise<{ next?: string | string[] }>;
}

export default async function EditPartyPage({ params, searchParams }: EditPartyPageProps) {
  const { business, b2bId } = await params;
  const scope = await pageScope(business);
  const party = await orNotFound(getCounterparty(scope, businessName(b2bId), "payable"));
  const href = partyHref(businessName(business), party.b2bId);
  if (party.theirs || !mayAct(scope.role, "FINANCE")) redirect(href);
  const next = localPath([(await searchParams).next].flat()[0]);
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { href: `/b/${business}/parties`, label: "Parties" },
          { href, label: party.name },
        ]}
        title={`Correct details of ${party.name}`}
        description={`B2B ID ${party.b2bId}`}
      />
      <PartyForm business={businessName(business)} party={party} backHref={next === "/" ? href : next} />
    </>
  );
}
