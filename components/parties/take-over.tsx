"use client";

import { toast } from "sonner";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { CounterpartyDetail } from "@/features/counterparties/api";
import { useChangeCounterparty } from "@/features/counterparties/client";
import { columnsOf } from "@/features/counterparties/row";
import { changeOf, isSameAccount, isSameParty, type Party, possessive } from "@/features/counterparties/rules";
import { partyDifferences } from "@/features/counterparties/words";
import { problemWords } from "@/lib/http/client";

interface TakeOverProps {
  business: string;
  party: CounterpartyDetail;
  /** What the party says of itself on this portal. */
  theirs: Party;
  mayAct: boolean;
}

/** Says where a party on this portal has other details than one knows, and takes them over; nothing where they are the same. */
export function TakeOver({ business, party, theirs, mayAct }: TakeOverProps) {
  const change = useChangeCounterparty(business, party.b2bId);
  if (isSameParty(party, theirs)) return null;
  const differences = partyDifferences(...changeOf(party, theirs));
  const takeOver = () =>
    change.mutate(
      { version: party.version, ...columnsOf(theirs) },
      { onSuccess: () => toast.success(`These are ${possessive(theirs.name)} own details now.`) },
    );
  return (
    <Alert
      tone="warning"
      title={`${possessive(party.name)} own details on Chukta differ from these`}
      actions={
        mayAct && (
          <Button size="sm" variant="secondary" loading={change.isPending} onClick={takeOver}>
            Use their details
          </Button>
        )
      }
    >
      <p className="wrap-anywhere">
        They say: {differences}.
        {!isSameAccount(party.account, theirs.account) && " Call them on a number you know before you pay to it."}
      </p>
      {change.error && (
        <p role="alert" className="mt-1 text-danger-ink">
          {problemWords(change.error)}
        </p>
      )}
    </Alert>
  );
}
