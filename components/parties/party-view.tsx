"use client";

import { useQuery } from "@tanstack/react-query";
import { Pencil } from "lucide-react";
import { broughtAt } from "@/components/brought-at";
import { AccountChangeNotice } from "@/components/parties/account-change-notice";
import { PartyDealings } from "@/components/parties/party-dealings";
import { PartyDetails } from "@/components/parties/party-details";
import { partyEditHref } from "@/components/parties/party-query";
import { TakeOver } from "@/components/parties/take-over";
import { WrongB2bId } from "@/components/parties/wrong-b2b-id";
import { Badge } from "@/components/ui/badge";
import { LinkButton } from "@/components/ui/link-button";
import { NotRefreshed } from "@/components/ui/not-refreshed";
import { PageHeader } from "@/components/ui/page-header";
import type { CounterpartyDetail } from "@/features/counterparties/api";
import { counterpartyQuery } from "@/features/counterparties/client";

interface PartyViewProps {
  business: string;
  initial: CounterpartyDetail;
  /** What they owe on invoices. */
  owed: { openCount: number; duePaise: number };
  mayAct: boolean;
}

/** One party: its details, what is between the two, and what to do about a wrong B2B ID. */
export function PartyView({ business, initial, owed, mayAct }: PartyViewProps) {
  const { data: party, isError } = useQuery({
    ...counterpartyQuery(business, initial.b2bId),
    initialData: initial,
    initialDataUpdatedAt: broughtAt(initial),
  });
  return (
    <>
      <PageHeader
        breadcrumbs={[{ href: `/b/${business}/parties`, label: "Parties" }]}
        title={party.name}
        badge={party.theirs && <Badge tone="info">On Chukta</Badge>}
        actions={
          mayAct &&
          !party.theirs && (
            <LinkButton href={partyEditHref(business, party.b2bId)}>
              <Pencil aria-hidden /> Correct details
            </LinkButton>
          )
        }
      />
      {isError && <NotRefreshed what="page" className="mb-4" />}
      <div className="flex flex-col gap-4">
        <AccountChangeNotice change={party.accountChange} />
        {party.theirs && <TakeOver business={business} party={party} theirs={party.theirs} mayAct={mayAct} />}
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
          <PartyDetails party={party} />
          <PartyDealings business={business} party={party} owed={owed} className="xl:row-span-2" />
          {!party.theirs && <WrongB2bId business={business} party={party} mayAct={mayAct} />}
        </div>
      </div>
    </>
  );
}
