import { z } from "zod";
import { invoicePartySchema } from "@/features/invoices/schema";

// One schema for the party's form, the portal's own API and the server.

const { name, gstin, bankAccountNumber, bankIfsc, bankBeneficiaryName, vpa } = invoicePartySchema.shape;

/** What a bill may say of a party, but here null or empty takes it away, and what is left out stays as it is. */
const changed = (field: z.ZodType<string | undefined, string | null | undefined>) =>
  z
    .string()
    .nullable()
    .transform((text): string | null | undefined => text)
    .pipe(field)
    .transform((text) => text ?? null)
    .optional();

export const changeCounterpartySchema = z.strictObject({
  // Software reads it as the time that it is, and writes it in its own way: Python with +00:00 for Z.
  version: z.iso
    .datetime({ offset: true })
    .meta({ description: "The version that was read: a change made meanwhile is not lost." }),
  name: name.optional(),
  gstin: changed(gstin).meta({ description: "Null takes it away, as with all that follow." }),
  bankAccountNumber: changed(bankAccountNumber),
  bankIfsc: changed(bankIfsc),
  bankBeneficiaryName: changed(bankBeneficiaryName),
  vpa: changed(vpa),
});
export type ChangeCounterpartyInput = z.output<typeof changeCounterpartySchema>;
