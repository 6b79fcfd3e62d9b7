import type { Metadata } from "next";
import { cache } from "react";
import { PartyView } from "@/components/parties/party-view";
import { orNotFound } from "@/features/businesses/page-data";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName, mayAct } from "@/features/businesses/rules";
import { getCounterparty } from "@/features/counterparties/data";

interface PartyPageProps {
  params: Promise<{ business: string; b2bId: string }>;
}

/** Read once for the title and the page. */
const readParty = cache(async (business: string, b2bId: string) =>
  orNotFound(getCounterparty(await pageScope(business), businessName(b2bId), "payable")),
);

export async function generateMetadata({ params }: PartyPageProps): Promise<Metadata> {
  const { business, b2bId } = await params;
  return { title: (await readParty(business, b2bId)).name };
}

export default async function PartyPage({ params }: PartyPageProps) {
  const { business, b2bId } = await params;
  const scope = await pageScope(business);
  const [party, asBuyer] = await Promise.all([
    readParty(business, b2bId),
    orNotFound(getCounterparty(scope, businessName(b2bId), "receivable")),
  ]);
  const { openCount, duePaise } = asBuyer;
  return (
    <PartyView
      business={businessName(business)}
      initial={party}
      owed={{ openCount, duePaise }}
      mayAct={mayAct(scope.role, "FINANCE")}
    />
  );
}
