interface OnlyPartyProps {
  /** Whose rows alone are listed, where the address says so. */
  b2bId: string | null;
  shown: readonly { counterparty: { b2bId: string; name: string } }[] | undefined;
}

/**
 * Says that a list is of one party alone, and of which: no other control does, and whoever then searches for another's finds nothing.
 * By its name as far as a row says it.
 */
export function OnlyParty({ b2bId, shown }: OnlyPartyProps) {
  if (!b2bId) return null;
  const row = shown?.find(({ counterparty }) => counterparty.b2bId === b2bId);
  return (
    <p className="max-w-56 text-[0.8125rem] text-muted [overflow-wrap:anywhere]">
      Only <span className="font-medium text-ink">{row?.counterparty.name ?? b2bId}</span>
    </p>
  );
}
