import type { Metadata } from "next";
import { cache } from "react";
import { LEDGER_PAGE } from "@/components/ledger/ledger-query";
import { LedgerView } from "@/components/ledger/ledger-view";
import { pageOrFirst } from "@/components/lists/page-or-first";
import { queryOf, type SearchParams } from "@/components/lists/search-params";
import { orNotFound } from "@/features/businesses/page-data";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName } from "@/features/businesses/rules";
import { getCounterparty } from "@/features/counterparties/data";
import { getLedger } from "@/features/ledger/data";
import { ledgerQuerySchema } from "@/features/ledger/schema";

interface LedgerPageProps {
  params: Promise<{ business: string; b2bId: string }>;
  searchParams: SearchParams;
}

/** Read once for the title and the page; on this side without the account's whole number, which no ledger needs. */
const readParty = cache(async (business: string, b2bId: string) =>
  orNotFound(getCounterparty(await pageScope(business), businessName(b2bId), "receivable")),
);

export async function generateMetadata({ params }: LedgerPageProps): Promise<Metadata> {
  const { business, b2bId } = await params;
  return { title: `Ledger of ${(await readParty(business, b2bId)).name}` };
}

export default async function LedgerPage({ params, searchParams }: LedgerPageProps) {
  const { business, b2bId } = await params;
  const scope = await pageScope(business);
  const { name, isSupplier, isBuyer, b2bId: party } = await readParty(business, b2bId);
  const asked = { ...(await queryOf(ledgerQuerySchema, {}, searchParams)), ...LEDGER_PAGE };
  const { query, data } = await pageOrFirst(asked, (each) => getLedger(scope, party, each));
  return (
    <LedgerView
      business={businessName(business)}
      side={query.side}
      party={{ b2bId: party, name, isSupplier, isBuyer }}
      first={{ query, data }}
    />
  );
}
