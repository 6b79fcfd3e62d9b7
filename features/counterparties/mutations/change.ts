import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import type { CounterpartyDetail } from "@/features/counterparties/api";
import { getCounterparty, hostedParty } from "@/features/counterparties/data";
import { recordPartyChange } from "@/features/counterparties/mutations/record-change";
import { renameInvoices } from "@/features/counterparties/mutations/rename";
import { columnsOf, partyOf } from "@/features/counterparties/row";
import { isSameParty, type Party, toldBy } from "@/features/counterparties/rules";
import type { ChangeCounterpartyInput } from "@/features/counterparties/schema";
import { type Tx, transact } from "@/lib/db";
import { AppError, changedMeanwhile, notFound } from "@/lib/errors";

/**
 * Corrects what is known of a party. Guarded by one conditional write: of two who changed it from the same version one wins, and the
 * other is told. The same change again changes nothing. A party on this portal is only brought up to what it says itself.
 * @throws AppError NOT_FOUND; CONFLICT, in words.
 */
export async function changeCounterparty(
  scope: BusinessScope,
  b2bId: string,
  input: ChangeCounterpartyInput,
  now: Date,
): Promise<CounterpartyDetail> {
  const hosted = await hostedParty(b2bId);
  await transact(scope, (tx) => changeIn(tx, scope, b2bId, input, hosted, now));
  return getCounterparty(scope, b2bId, "payable", now);
}

async function changeIn(
  tx: Tx,
  scope: BusinessScope,
  b2bId: string,
  input: ChangeCounterpartyInput,
  hosted: Party | null,
  now: Date,
): Promise<void> {
  const { businessId } = scope;
  const read = () => tx.counterparty.findUnique({ where: { businessId_b2bId: { businessId, b2bId } } });
  const row = await read();
  if (!row) throw notFound("party");
  const before = partyOf(row);
  const after = changedBy(before, input);
  if (isSameParty(before, after)) return;
  if (hosted && !isSameParty(after, toldBy(hosted, before, await isSupplier(tx, scope, b2bId))))
    throw theirOwn(row.name);
  // Never the same twice, whatever the clock says: it is what the next change is guarded by.
  const updatedAt = new Date(Math.max(now.getTime(), row.updatedAt.getTime() + 1));
  const { count } = await tx.counterparty.updateMany({
    where: { businessId, b2bId, updatedAt: new Date(input.version) },
    data: { ...columnsOf(after), updatedAt },
  });
  if (count === 0) {
    const standing = await read();
    // The same change a moment ago: sent again while its first try was under way.
    if (standing && isSameParty(partyOf(standing), after)) return;
    throw changedMeanwhile("party");
  }
  if (before.name !== after.name) await renameInvoices(tx, { businessId, b2bId }, after.name);
  await recordPartyChange(tx, scope, { b2bId, before, after }, now);
}

/** What is left out of a change stays as it is. */
function changedBy({ name, gstin, account }: Party, input: ChangeCounterpartyInput): Party {
  const given = <T>(value: T | undefined, known: T): T => (value === undefined ? known : value);
  return {
    name: given(input.name, name),
    gstin: given(input.gstin, gstin),
    account: {
      number: given(input.bankAccountNumber, account.number),
      ifsc: given(input.bankIfsc, account.ifsc),
      beneficiaryName: given(input.bankBeneficiaryName, account.beneficiaryName),
      vpa: given(input.vpa, account.vpa),
    },
  };
}

async function isSupplier(tx: Tx, { businessId }: BusinessScope, b2bId: string): Promise<boolean> {
  const where = { businessId, side: "PAYABLE", counterpartyB2BId: b2bId } as const;
  return (await tx.invoice.findFirst({ where, select: { id: true } })) !== null;
}

function theirOwn(name: string): AppError {
  return new AppError(
    "CONFLICT",
    `${name} is on Chukta and keeps its own details. Ask them to have these corrected there.`,
  );
}
