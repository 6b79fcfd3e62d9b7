import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
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
  const { gstin, vpa, ...account } = details;
  if (gstin) await tx.counterparty.updateMany({ where: { businessId, b2bId, gstin: null }, data: { gstin } });
  if (vpa) await tx.counterparty.updateMany({ where: { businessId, b2bId, vpa: null }, data: { vpa } });
  if (account.bankAccountNumber) {
    await tx.counterparty.updateMany({ where: { businessId, b2bId, bankAccountNumber: null }, data: account });
  }
  const kept = await tx.counterparty.findUniqueOrThrow({
    where: { businessId_b2bId: { businessId, b2bId } },
    select: { name: true },
  });
  return kept.name;
}
