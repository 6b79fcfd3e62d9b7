import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Copyable } from "@/components/ui/copyable";
import { DescriptionItem, DescriptionList } from "@/components/ui/description-list";
import { Mono } from "@/components/ui/mono";
import type { CounterpartyDetail } from "@/features/counterparties/api";

/** What is known of a party, each part copied with one press. */
export function PartyDetails({ party }: { party: CounterpartyDetail }) {
  const { number, ifsc, beneficiaryName, vpa } = party.account;
  const reason = party.theirs
    ? `${party.name} is on Chukta and keeps these details itself. If something is wrong, ask them to correct it there.`
    : undefined;
  return (
    <Card>
      <CardHeader title="Details" {...(reason && { description: reason })} />
      <CardBody className="pt-2">
        <DescriptionList>
          <Part term="B2B ID" value={party.b2bId} />
          <Part term="GSTIN" value={party.gstin} />
          <Part term="Account number" value={number} />
          <Part term="IFSC" value={ifsc} />
          <DescriptionItem term="Account holder">
            {beneficiaryName ? <Copyable label="Account holder" value={beneficiaryName} /> : <NotKnown />}
          </DescriptionItem>
          <Part term="UPI address" value={vpa} />
        </DescriptionList>
      </CardBody>
    </Card>
  );
}

const NotKnown = () => <span className="text-muted">Not known</span>;

function Part({ term, value }: { term: string; value: string | null }) {
  return (
    <DescriptionItem term={term}>
      {value ? <Mono copy={{ label: term, value }}>{value}</Mono> : <NotKnown />}
    </DescriptionItem>
  );
}
