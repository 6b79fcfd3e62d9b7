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

/** A name in the one form that names are kept in; one that is older than that rule may have another (`ड़` as one character or two). */
export const inOneForm = (name: string): string => name.normalize("NFC");

export function partyOf({ name, gstin, ...row }: PartyColumns): Party {
  const { bankAccountNumber: number, bankIfsc: ifsc, bankBeneficiaryName: beneficiaryName, vpa } = row;
  return { name, gstin, account: { number, ifsc, beneficiaryName, vpa } };
}

export function columnsOf({ name, gstin, account }: Party): PartyColumns {
  const { number, ifsc, beneficiaryName, vpa } = account;
  return { name, gstin, bankAccountNumber: number, bankIfsc: ifsc, bankBeneficiaryName: beneficiaryName, vpa };
}
