import { z } from "zod";
import type { CounterpartyDetail } from "@/features/counterparties/api";
import { changeCounterpartySchema } from "@/features/counterparties/schema";

// The form for a party: what the server takes, with the account number typed twice.

export interface PartyValues {
  name: string;
  gstin: string;
  bankAccountNumber: string;
  /** The account number once more, wherever it is not the one that was there. */
  again: string;
  bankIfsc: string;
  bankBeneficiaryName: string;
  vpa: string;
}

const bare = (text: string) => text.replace(/\s/g, "");

/** Whether the account number has to be typed again: it is a new one. */
export const isNewNumber = (typed: string, known: string | null) => bare(typed) !== "" && bare(typed) !== known;

/** A field as people type it, which is always some text, and as the server takes it. */
const typed = <Output>(field: z.ZodType<Output, string | null | undefined>) =>
  z
    .string()
    .transform((text): string | null | undefined => text)
    .pipe(field);

/** The form's schema for a party as it was read. */
export function changedPartySchema({ version, account }: CounterpartyDetail) {
  const { shape } = changeCounterpartySchema;
  return z
    .object({
      name: typed(shape.name),
      gstin: typed(shape.gstin),
      bankAccountNumber: typed(shape.bankAccountNumber),
      again: z.string(),
      bankIfsc: typed(shape.bankIfsc),
      bankBeneficiaryName: typed(shape.bankBeneficiaryName),
      vpa: typed(shape.vpa),
    })
    .refine(
      ({ bankAccountNumber: number, again }) => !number || number === account.number || bare(again) === number,
      // Checked beside the other fields, not after them: all that is wrong is shown at once.
      { path: ["again"], message: "Type the same account number again.", when: () => true },
    )
    .transform(({ again: _again, ...values }): z.input<typeof changeCounterpartySchema> => ({ ...values, version }))
    .pipe(changeCounterpartySchema);
}

/** The form as it opens. */
export function partyValuesOf({ name, gstin, account }: CounterpartyDetail): PartyValues {
  return {
    name,
    gstin: gstin ?? "",
    bankAccountNumber: account.number ?? "",
    again: "",
    bankIfsc: account.ifsc ?? "",
    bankBeneficiaryName: account.beneficiaryName ?? "",
    vpa: account.vpa ?? "",
  };
}
