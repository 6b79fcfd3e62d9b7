import "server-only";
import { z } from "zod";
import type { BusinessScope } from "@/features/businesses/scope";
import { recordPartyChange } from "@/features/counterparties/mutations/record-change";
import { type PartyColumns, partyOf } from "@/features/counterparties/row";
import { isSameAccount } from "@/features/counterparties/rules";
import type { Tx } from "@/lib/db";
import { Prisma } from "@/lib/generated/prisma/client";
import { KEPT_PLAN } from "@/lib/kept-plans";

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
  const known = await tx.counterparty.findUniqueOrThrow({ where: { businessId_b2bId: { businessId, b2bId } } });
  const kept = {
    ...known,
    name: await holdParty(
      tx,
      known,
      FILLED.some((column) => isNews(known, details, column)),
    ),
  };
  const filled = await fillIn(tx, kept, details);
  const [before, after] = [partyOf(kept), partyOf({ ...kept, ...filled })];
  if (!isSameAccount(before.account, after.account)) await recordPartyChange(tx, scope, { b2bId, before, after }, now);
  return kept.name;
}

const partyRow = z.array(z.object({ name: z.string() }));

/**
 * Holds a party as it is until this transaction ends, and reads its name: whoever renames it waits, and finds the bill that is written
 * under that name. Many may write bills at once; one that fills something in holds the party alone from here on, since two that held it
 * together would wait for each other for ever.
 */
async function holdParty(tx: Tx, { businessId, b2bId }: Key, isFilled: boolean): Promise<string> {
  const [party] = partyRow.parse(
    await tx.$queryRaw`${KEPT_PLAN}
      SELECT name FROM counterparty WHERE business_id = ${businessId}::uuid AND b2b_id = ${b2bId} ${isFilled ? ALONE : TOGETHER}`,
  );
  if (!party) throw new Error(`party ${b2bId} is missing`);
  return party.name;
}

const ALONE = Prisma.sql`FOR NO KEY UPDATE`;
const TOGETHER = Prisma.sql`FOR SHARE`;

type Details = Omit<PartyColumns, "name">;
interface Key {
  businessId: string;
  b2bId: string;
}

/** What may be filled in; with the account's number come its IFSC and beneficiary. */
const FILLED = ["gstin", "vpa", "bankAccountNumber"] as const;

const isNews = (known: Details, details: Partial<Details>, column: (typeof FILLED)[number]) =>
  known[column] === null && Boolean(details[column]);

/** Writes what was not known of a party, and returns what of it was still unknown when it was written. */
async function fillIn(tx: Tx, kept: Details & Key, { gstin, vpa, ...account }: Details): Promise<Partial<Details>> {
  const { businessId, b2bId } = kept;
  const fill = async (missing: (typeof FILLED)[number], data: Partial<Details>): Promise<Partial<Details>> => {
    if (!isNews(kept, data, missing)) return {};
    const { count } = await tx.counterparty.updateMany({ where: { businessId, b2bId, [missing]: null }, data });
    return count === 1 ? data : {};
  };
  return {
    ...(await fill("gstin", { gstin })),
    ...(await fill("vpa", { vpa })),
    ...(await fill("bankAccountNumber", account)),
  };
}
