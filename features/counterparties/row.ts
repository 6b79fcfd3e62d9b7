import type { Party } from "@/features/counterparties/rules";

/** The action by which the audit trail knows that a party was changed. */
export const PARTY_CHANGED = "counterparty.changed";

/** The columns of a party, or of a business that is one. */
export interface PartyColumns {
  name: string;
  gstin: string | null;
  bankAccountNumber: string | null;
  bankIfsc: string | null;
  bankBeneficiaryName: string | null;
  vpa: string | null;
}

export function partyOf({ name, gstin, ...row }: PartyColumns): Party {
  const { bankAccountNumber: number, bankIfsc: ifsc, bankBeneficiaryName: beneficiaryName, vpa } = row;
  return { name, gstin, account: { number, ifsc, beneficiaryName, vpa } };
}

export function columnsOf({ name, gstin, account }: Party): PartyColumns {
  const { number, ifsc, beneficiaryName, vpa } = account;
  return { name, gstin, bankAccountNumber: number, bankIfsc: ifsc, bankBeneficiaryName: beneficiaryName, vpa };
}
