import { lastFour } from "@/features/counterparties/rules";
import { changedPartWords } from "@/features/counterparties/words";
import { maskAccount } from "@/features/protocol/identifiers";
import type { MsmeClass } from "@/lib/generated/prisma/enums";

/** What the operator corrects of a business. Its slug and B2B ID stay: addresses, invoices and payments hang on them. */
export interface BusinessDetails {
  bankAccountNumber: string | null;
  bankIfsc: string | null;
  bankBeneficiaryName: string | null;
  vpa: string | null;
  legalName: string;
  tradeName: string;
  gstin: string | null;
  pan: string | null;
  msmeClass: MsmeClass;
  geocode: string;
}

/** Where its money goes comes first: it is what people look for. */
const LABELS: Record<keyof BusinessDetails, string> = {
  bankAccountNumber: "account",
  bankIfsc: "IFSC",
  bankBeneficiaryName: "account holder",
  vpa: "UPI address",
  legalName: "legal name",
  tradeName: "trade name",
  gstin: "GSTIN",
  pan: "PAN",
  msmeClass: "MSME class",
  geocode: "place",
};
export const BUSINESS_DETAILS = Object.keys(LABELS) as (keyof BusinessDetails)[];

type Said = Readonly<Record<string, unknown>>;

/** What changed, before and after, as the audit trail keeps it: no account number in full. Null when nothing did. */
export function detailsChange(was: BusinessDetails, is: BusinessDetails): [Said, Said] | null {
  const changed = BUSINESS_DETAILS.filter((name) => was[name] !== is[name]);
  if (changed.length === 0) return null;
  const side = (details: BusinessDetails) =>
    Object.fromEntries(
      changed.map((name) => {
        const value = details[name];
        return [name, name === "bankAccountNumber" && value ? maskAccount(value) : value];
      }),
    );
  return [side(was), side(is)];
}

/** “account from ••••1234 to ••••5678, UPI address removed: km@bank”: a change of these, as its event of the audit trail has it. */
export function detailsChangeWords(before: Said, after: Said): string {
  const shown = (name: keyof BusinessDetails, value: unknown) => {
    if (typeof value !== "string") return null;
    return name === "bankAccountNumber" ? lastFour(value) : value;
  };
  return BUSINESS_DETAILS.filter((name) => name in after)
    .map((name) =>
      changedPartWords({ label: LABELS[name], was: shown(name, before[name]), is: shown(name, after[name]) }),
    )
    .join(", ");
}
