import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { useSettled } from "@/components/ui/use-settled";
import { counterpartiesQuery, directoryQuery, knownPartyQuery } from "@/features/counterparties/client";
import { usualB2bId } from "@/features/counterparties/rules";
import type { InvoiceValues } from "@/features/invoices/form";
import type { InvoiceSideName } from "@/features/invoices/schema";

/** Shorter ones are no whole B2B ID. */
const SHORTEST_B2B_ID = 6;

/** Longer ones are neither a B2B ID nor anything to search by. */
const LONGEST_B2B_ID = 100;

/** What is asked of a party only where nothing is known of it. */
const DETAILS = ["gstin", "bankAccountNumber", "bankIfsc", "bankBeneficiaryName", "vpa"] as const;

/** As much of a party as choosing it takes. */
export interface ChosenParty {
  b2bId: string;
  name: string;
}

/**
 * Who may be meant by a B2B ID that is nobody's as it stands: whose is the same but for small letters, blanks, or what follows the @. To the
 * network that is another party, and a bill written for it isn't compared with theirs.
 */
function useMeant(
  business: string,
  items: readonly ChosenParty[],
  { settled, asksKnown, asksDirectory }: { settled: string; asksKnown: boolean; asksDirectory: boolean },
): ChosenParty | null {
  const usual = usualB2bId(settled);
  const isUnusual = usual !== settled;
  const known = useQuery({ ...knownPartyQuery(business, usual), enabled: isUnusual && asksKnown });
  const found = useQuery({ ...directoryQuery(business, usual), enabled: isUnusual && asksDirectory });
  const listed = items.find(({ b2bId }) => b2bId !== settled && usualB2bId(b2bId) === usual);
  if (settled === "" || listed) return listed ?? null;
  return (isUnusual && (known.data ?? found.data)) || null;
}

/**
 * Who the B2B ID in the form belongs to: one that the business trades with, or one that lives on Chukta. Where there are more than the
 * list holds, what is typed is looked up, whole and as a part of a name.
 */
export function useParty(business: string, side: InvoiceSideName) {
  const { control } = useFormContext<InvoiceValues>();
  const typed = useWatch({ control, name: "counterparty.b2bId" }).trim();
  const settled = useSettled(typed);
  const isAskable = settled !== "" && settled.length <= LONGEST_B2B_ID;
  const list = useQuery(counterpartiesQuery(business, { side }));
  const items = list.data?.items ?? [];
  const hasMore = list.data?.more ?? false;
  const isListed = items.some((one) => one.b2bId === settled);
  // A list that holds everyone says all; also where it could not be read the one party is asked for.
  const exact = useQuery({
    ...knownPartyQuery(business, settled),
    enabled: isAskable && !isListed && (hasMore || list.isError),
  });
  const search = useQuery({ ...counterpartiesQuery(business, { side, q: settled }), enabled: isAskable && hasMore });
  const found = useQuery({
    ...directoryQuery(business, settled),
    enabled: isAskable && settled.length >= SHORTEST_B2B_ID,
  });
  const isTyped = (party: ChosenParty | null | undefined) => party?.b2bId === typed;
  const mine = [...items, ...(search.data?.items ?? []), exact.data].find(isTyped);
  const here = isTyped(found.data) ? found.data : null;
  const name = mine?.name ?? here?.name;
  const asksKnown = isAskable && (hasMore || list.isError);
  const asksDirectory = isAskable && settled.length >= SHORTEST_B2B_ID;
  const other = useMeant(business, items, { settled, asksKnown, asksDirectory });
  const meant = name === undefined && settled === typed ? other : null;
  const isSearched = hasMore && typed !== "" && name === undefined && settled === typed;
  return { items, hasMore, mine, here, name, meant, matches: (isSearched && search.data?.items) || [] };
}

/**
 * Writes the name of whoever is found into the form, whenever that is: it can't be typed then. What stood in the form for another party
 * goes: its details, which nobody sees any more, and the name once the B2B ID is no longer the one that it was found by.
 */
export function useFoundName(name: string | undefined): void {
  const { setValue, resetField, formState } = useFormContext<InvoiceValues>();
  const { isSubmitted } = formState;
  const isFilledIn = useRef(false);
  useEffect(() => {
    if (name === undefined && !isFilledIn.current) return;
    setValue("counterparty.name", name ?? "", { shouldValidate: isSubmitted });
    isFilledIn.current = name !== undefined;
    if (name !== undefined) for (const field of DETAILS) resetField(`counterparty.${field}`);
  }, [name, isSubmitted, setValue, resetField]);
}
