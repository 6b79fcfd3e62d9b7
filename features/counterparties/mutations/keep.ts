import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import { recordPartyChange } from "@/features/counterparties/mutations/record-change";
import { type PartyColumns, partyOf } from "@/features/counterparties/row";
import { isSameAccount } from "@/features/counterparties/rules";
import type { Tx } from "@/lib/db";

/** What is known of a party; what isn't is left out or null. */
export interface PartyDetails {
  b2bId: string;
  name: string;
  gstin?: string | null | undefined;
  bankAccountNumber?: string | null | undefined;
  bankIfsc?: string | null | undefined;
  bankBeneficiaryName?: string | null | undefined;
  vpa?: string | null | undefined;
}

/**
 * Makes sure that the business knows a party: inserts it, or fills in what was not known of it. Never overwrites: where money goes
 * must not change by the way of a bill. Account number, IFSC and beneficiary belong together, so they come together or not at all.
 * An account that a known party gets by it is in the audit trail, as any change of account is.
 * @returns the party's name, in the business's own words.
 */
export async function keepParty(tx: Tx, scope: BusinessScope, party: PartyDetails, now: Date): Promise<string> {
  const { businessId } = scope;
  const { b2bId, name } = party;
  const details = {
    gstin: party.gstin || null,
    bankAccountNumber: party.bankAccountNumber || null,
    bankIfsc: party.bankIfsc || null,
    bankBeneficiaryName: party.bankBeneficiaryName || null,
    vpa: party.vpa || null,
  };
  const { count } = await tx.counterparty.createMany({
    data: [{ businessId, b2bId, name, ...details, createdAt: now, updatedAt: now }],
    skipDuplicates: true,
  });
  if (count === 1) return name;
  const kept = await tx.counterparty.findUniqueOrThrow({ where: { businessId_b2bId: { businessId, b2bId } } });
  const filled = await fillIn(tx, kept, details);
  const [before, after] = [partyOf(kept), partyOf({ ...kept, ...filled })];
  if (!isSameAccount(before.account, after.account)) await recordPartyChange(tx, scope, { b2bId, before, after }, now);
  return kept.name;
}

type Details = Omit<PartyColumns, "name">;

/** Writes what was not known of a party, and returns what of it was still unknown when it was written. */
async function fillIn(
  tx: Tx,
  kept: Details & { businessId: string; b2bId: string },
  { gstin, vpa, ...account }: Details,
): Promise<Partial<Details>> {
  const { businessId, b2bId } = kept;
  const fill = async (missing: keyof Details, data: Partial<Details>): Promise<Partial<Details>> => {
    if (kept[missing] !== null || !data[missing]) return {};
    const { count } = await tx.counterparty.updateMany({ where: { businessId, b2bId, [missing]: null }, data });
    return count === 1 ? data : {};
  };
  return {
    ...(await fill("gstin", { gstin })),
    ...(await fill("vpa", { vpa })),
    ...(await fill("bankAccountNumber", account)),
  };
}
