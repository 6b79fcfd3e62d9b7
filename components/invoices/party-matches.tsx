import type { ChosenParty } from "@/components/invoices/use-party";
import { Button } from "@/components/ui/button";

/** So many are offered; who types on has fewer. */
const MOST_SHOWN = 5;

interface PartyMatchesProps {
  parties: readonly ChosenParty[];
  onChoose: (party: ChosenParty) => void;
}

/** Parties that what is typed may mean: one press, and it is they. */
export function PartyMatches({ parties, onChoose }: PartyMatchesProps) {
  if (parties.length === 0) return null;
  return (
    <div role="status" className="text-[0.8125rem] text-muted">
      <p>Do you mean one of these?</p>
      <ul>
        {parties.slice(0, MOST_SHOWN).map((party) => (
          <li key={party.b2bId}>
            <Button variant="link" size="sm" onClick={() => onChoose(party)} className="whitespace-normal text-left">
              {party.name} ({party.b2bId})
            </Button>
          </li>
        ))}
      </ul>
      {parties.length > MOST_SHOWN && <p>There are more: type on.</p>}
    </div>
  );
}
