import { z } from "zod";
import { UNQUOTED } from "@/features/protocol/identifiers";
import { SUPPLIER_RESPONSES } from "@/features/protocol/vocabulary";
import { inProse } from "@/lib/visible-text";

/** A supplier's answer to a payment, for the form, the portal's own API and the server; remarks as the seeds' `supplierRemarks` (000). */
export const answerSchema = z.strictObject({
  response: z.enum(SUPPLIER_RESPONSES, "Choose to accept or to reject."),
  remarks: z
    .string()
    .trim()
    .min(1, "Write a remark; the buyer will read it.")
    .max(100, "Keep the remark within 100 characters.")
    .refine(inProse.isVisible, inProse.words)
    .regex(UNQUOTED.pattern, UNQUOTED.words)
    .meta({ description: "The buyer reads it." }),
});

export type Answer = z.output<typeof answerSchema>;
