import { z } from "zod";
import { B2B_ID, PAYMENT_ID, UNQUOTED } from "@/features/protocol/identifiers";
import { PaymentMode, PaymentType } from "@/lib/generated/prisma/enums";
import { add, MAX_PAISE, PAISE_MEANING, type Paise, paiseWords, ZERO } from "@/lib/money";
import { isTakenInstant, TAKEN_YEARS } from "@/lib/time";
import { inNumber, inProse } from "@/lib/visible-text";

// One schema for the form, the portal's own API and the server. Amounts are paise. The wire's patterns are the seeds' (003).

/** As many bills as one payment takes. */
export const MAX_BILLS = 100;

/** Usual names of an adjustment, as the wire's `splits[].name` (docs/protocol.md, "Usual values"). */
export const SPLIT_NAMES = ["TDS", "DISCOUNT", "CREDIT NOTE", "ADVANCE", "OTHER"] as const;

// `abort`: a value that is no amount of money must not reach the sums below, which would throw on it.
export const paiseSchema = z
  .int({ error: paiseWords, abort: true })
  .min(0, { error: "An amount can't be below zero.", abort: true })
  .max(MAX_PAISE, { error: "An amount can't be above ₹9,999 crore.", abort: true })
  .transform((value) => value as Paise);

const paiseOf = (what: string) => paiseSchema.meta({ description: `${what} ${PAISE_MEANING}` });

export const splitSchema = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, "Name the adjustment.")
    .max(100, "Keep the name within 100 characters.")
    .refine(inProse.isVisible, inProse.words)
    .regex(UNQUOTED.pattern, UNQUOTED.words)
    .meta({ description: `Usual: ${SPLIT_NAMES.join(", ")}.` }),
  valuePaise: paiseOf("So much of the adjustment."),
  refNo: z
    .string()
    .trim()
    .max(100, "Keep the reference within 100 characters.")
    .refine(inNumber.isVisible, inNumber.words)
    .regex(UNQUOTED.pattern, UNQUOTED.words)
    .meta({ description: "The section of a TDS, the number of a credit note and the like; empty when there is none." }),
});

const lineSchema = z.strictObject({
  invoiceId: z.uuid("Choose a bill.").meta({ description: "The `id` of a payable invoice." }),
  netPaise: paiseOf("What is paid of it in money."),
  adjustmentPaise: paiseOf("What is settled of it without money: TDS, discounts and the like."),
  splits: z
    .array(splitSchema)
    .max(50, { error: "A bill takes 50 adjustments at most.", abort: true })
    .meta({ description: "How the adjustment is made up; where there are any they add up to it." }),
});

export const utrSchema = z
  .string()
  .trim()
  .min(1, "Enter the UTR or reference of the payment.")
  .max(50, "A UTR has 50 characters at most.")
  .refine(inNumber.isVisible, inNumber.words)
  .regex(UNQUOTED.pattern, UNQUOTED.words);

/** Who gives a time without its offset, or a day alone, has to know what is missing. */
const paidAtWords = ({ input }: { input?: unknown }) =>
  input ? "Write a time with its offset, like 2026-11-20T14:05:00+05:30." : "Enter the date and time it was paid.";

/** Names and values that go along with a payment. */
export const additionalInfosSchema = z
  .array(z.strictObject({ name: z.string().max(100), value: z.string().max(1000) }))
  .max(50);

/** What a buyer asks for: one payment of one or more bills of one supplier. Amounts in paise. */
export const paymentRequestSchema = z
  .strictObject({
    objectId: z.string().regex(PAYMENT_ID.pattern, PAYMENT_ID.words).meta({
      description:
        "Minted by whoever asks (PMT and 32 hex digits) and sent again on every retry, so that a double click or a lost reply pays once.",
    }),
    supplierB2BId: z.string().regex(B2B_ID.pattern, B2B_ID.words),
    type: z.enum(PaymentType, "Choose on or off the platform.").meta({
      description:
        "`OFFPLATFORM`: from the business's own bank, by cheque or in cash. `ONPLATFORM`: Bharat Connect's operator moved the money, and the supplier can only accept.",
    }),
    mode: z.enum(PaymentMode, "Choose how it was paid.").meta({ description: "RTGS is `ACCOUNT_TRANSFER`." }),
    utr: utrSchema.meta({ description: "What both banks know the transfer by; a cheque's number." }),
    paidAt: z.iso
      .datetime({ offset: true, error: paidAtWords })
      // Without `abort`, so that all that is wrong is said at once: what is no time has been told of above.
      .refine(
        (at) => Number.isNaN(Date.parse(at)) || isTakenInstant(new Date(at)),
        `Enter a date and time ${TAKEN_YEARS}.`,
      )
      .meta({
        description:
          "When the money was paid: 2026-11-20T14:05:00+05:30. Not a time that is still to come, but for five minutes.",
      }),
    lines: z
      .array(lineSchema)
      .min(1, "Choose at least one bill.")
      .max(MAX_BILLS, { error: `One payment takes ${MAX_BILLS} bills at most.`, abort: true }),
    geocode: z
      .string()
      .regex(/^-?\d{1,3}(\.\d{1,8})?,-?\d{1,3}(\.\d{1,8})?$/, "Write latitude,longitude, like 19.0760,72.8777.")
      .optional()
      .meta({
        description: "`latitude,longitude` of the person, when they allow it; else the business's registered place.",
      }),
    additionalInfos: additionalInfosSchema
      .optional()
      .meta({ description: "Passed on to the supplier's platform as they are." }),
  })
  .superRefine((request, context) => {
    const seen = new Set<string>();
    request.lines.forEach((line, index) => {
      const problem = (message: string, ...path: (string | number)[]) =>
        context.addIssue({ code: "custom", path: ["lines", index, ...path], message });
      if (seen.has(line.invoiceId)) problem("This bill is listed twice.", "invoiceId");
      seen.add(line.invoiceId);
      if (line.splits.length > 0 && splitsTotal(line.splits) !== line.adjustmentPaise)
        problem("The adjustments listed don't add up to the adjustment of this bill.", "adjustmentPaise");
      if (lineTotal(line) === 0) problem("Enter what is paid for this bill.", "netPaise");
      if (lineTotal(line) > MAX_PAISE) problem("An amount can't be above ₹9,999 crore.", "netPaise");
    });
    if (request.lines.length > 1 && paymentTotals(request.lines).total > MAX_PAISE)
      context.addIssue({
        code: "custom",
        path: ["lines"],
        message: "One payment can't come to more than ₹9,999 crore. Pay these bills in several payments.",
      });
  });

/** The longest remark with a payment that is not approved, in characters. */
export const MOST_REMARKS = 200;

/** Why a payment is not approved, or taken back. */
export const declineSchema = z.strictObject({
  remarks: z
    .string()
    .trim()
    .max(MOST_REMARKS, `Keep the remark within ${MOST_REMARKS} characters.`)
    .refine(inProse.isVisible, inProse.words)
    .meta({ description: "Who made it reads it; may be empty from themselves." }),
});

export type Decline = z.output<typeof declineSchema>;

export type PaymentRequest = z.output<typeof paymentRequestSchema>;
export type PaymentLineRequest = z.output<typeof lineSchema>;

/** Sum of an adjustment's parts, in paise. */
function splitsTotal(splits: readonly { valuePaise: Paise }[]): Paise {
  return add(...splits.map((split) => split.valuePaise));
}

/** What a line settles of its bill, in paise: net and adjustment. */
export function lineTotal(line: { netPaise: Paise; adjustmentPaise: Paise }): Paise {
  return add(line.netPaise, line.adjustmentPaise);
}

/** The payment's amounts as the wire's `paymentAmount` has them, in paise. */
export function paymentTotals(lines: readonly PaymentLineRequest[]): { net: Paise; adjustment: Paise; total: Paise } {
  const net = add(ZERO, ...lines.map((line) => line.netPaise));
  const adjustment = add(ZERO, ...lines.map((line) => line.adjustmentPaise));
  return { net, adjustment, total: add(net, adjustment) };
}
