import type { ReactNode } from "react";
import { ledgerHref } from "@/components/ledger/ledger-query";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DescriptionItem, DescriptionList } from "@/components/ui/description-list";
import { Money } from "@/components/ui/money";
import { TextLink } from "@/components/ui/text-link";
import type { CounterpartyDetail } from "@/features/counterparties/api";
import { paise } from "@/lib/money";

interface PartyDealingsProps {
  business: string;
  party: CounterpartyDetail;
  owed: { openCount: number; duePaise: number };
  className?: string;
}

/** What is due between the two, both ways, and where each kind of dealing with them is listed. */
export function PartyDealings({ business, party, owed, className }: PartyDealingsProps) {
  const listOf = (folder: string) => `/b/${business}/${folder}?counterparty=${encodeURIComponent(party.b2bId)}`;
  const openOf = (folder: string) => `${listOf(folder)}&due=open`;
  const due = (duePaise: number, href: string, words: string): ReactNode => (
    <>
      <Money paise={paise(duePaise)} className="font-semibold" />
      <span className="block">
        <TextLink href={href}>{words}</TextLink>
      </span>
    </>
  );
  const { isSupplier, isBuyer, openCount, duePaise } = party;
  return (
    <Card className={className}>
      <CardHeader title="Between you" />
      <CardBody className="pt-2">
        <DescriptionList>
          {(isSupplier || !isBuyer) && (
            <DescriptionItem term="You owe">
              {due(duePaise, openOf("bills"), countOf(openCount, "open bill"))}
            </DescriptionItem>
          )}
          {isBuyer && (
            <DescriptionItem term="They owe you">
              {due(owed.duePaise, openOf("invoices"), countOf(owed.openCount, "open invoice"))}
            </DescriptionItem>
          )}
          {(isSupplier || !isBuyer) && (
            <DescriptionItem term={isBuyer ? "Ledger of what you buy" : "Ledger"}>
              <TextLink href={ledgerHref(business, party.b2bId, "payable")}>See bills, payments and balances</TextLink>
            </DescriptionItem>
          )}
          {isBuyer && (
            <DescriptionItem term={isSupplier ? "Ledger of what you sell" : "Ledger"}>
              <TextLink href={ledgerHref(business, party.b2bId, "receivable")}>
                See invoices, payments and balances
              </TextLink>
            </DescriptionItem>
          )}
          {isSupplier && (
            <DescriptionItem term="Payments made">
              <TextLink href={listOf("payments")}>See all to them</TextLink>
            </DescriptionItem>
          )}
          {isBuyer && (
            <DescriptionItem term="Payments received">
              <TextLink href={listOf("received")}>See all from them</TextLink>
            </DescriptionItem>
          )}
        </DescriptionList>
      </CardBody>
    </Card>
  );
}

const countOf = (count: number, one: string) => `${count.toLocaleString("en-IN")} ${one}${count === 1 ? "" : "s"}`;
