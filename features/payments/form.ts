import { z } from "zod";
import type { Invoice, InvoiceDetail } from "@/features/invoices/api";
import type { PaymentDetail } from "@/features/payments/api";
import { isStillToCome } from "@/features/payments/rules";
import { lineTotal, paymentRequestSchema, type SPLIT_NAMES, splitSchema, utrSchema } from "@/features/payments/schema";
import { PAYMENT_MODES, type PaymentMode } from "@/features/protocol/status-words";
import { add, formatRupees, type Paise, paise, parseRupees, smaller, subtract, toFieldText, ZERO } from "@/lib/money";
import { isTakenDay, parseDay, TAKEN_YEARS, toIstDay, toIstTime } from "@/lib/time";

// The pay form: texts as people type them, turned into the request that the server takes, by the very schema that the server uses.
// Fields are named as the request's, so that a server's `lines[1].netPaise` finds its place.

/** A bill as the form needs it. Paise. */
export type PayBill = Pick<
  Invoice,
  "id" | "supplierInvoiceNumber" | "duePaise" | "totalPaise" | "issueDate" | "dueDate" | "description"
> & {
  /** The payments that have taken a part of it, newest first. */
  taken: readonly TakenBy[];
};

export type TakenBy = Pick<InvoiceDetail["payments"][number], "objectId" | "paidAt" | "totalPaise">;

export const isPaymentMode = (mode: string): mode is PaymentMode => PAYMENT_MODES.some((one) => one === mode);

/** An amount that is still being typed: what can't be read yet counts as nothing. */
const typed = (text: string): Paise => parseRupees(text) ?? ZERO;

/** An amount as people type it. Each field says what is wrong with it without stopping the others: all that is wrong is shown at once. */
export const amountField = z.string().superRefine((text, context) => {
  if (parseRupees(text) !== null) return;
  const message =
    text.trim() === "" ? "Enter an amount." : "Write an amount like 1,23,456.50, with two decimals at most.";
  context.addIssue({ code: "custom", message });
});

const splitForm = splitSchema.extend({ valuePaise: amountField });

const lineForm = z
  .object({
    invoiceId: z.string(),
    /** `full`: whatever is due less the adjustments; `part`: what `netPaise` says. */
    extent: z.enum(["full", "part"]),
    netPaise: z.string(),
    splits: z.array(splitForm),
  })
  .superRefine((line, context) => {
    if (line.extent === "full") return;
    const problem = amountField.safeParse(line.netPaise).error?.issues[0];
    if (problem) context.addIssue({ code: "custom", path: ["netPaise"], message: problem.message });
  });

/** What the form holds of a line: texts as people type them. */
export type PayLineValues = z.input<typeof lineForm>;
export type PaySplitValues = PayLineValues["splits"][number];

/** What one line comes to as it stands, in paise; the net of a full payment is what is left of the due. */
export function lineAmounts(line: PayLineValues, bill: PayBill): { net: Paise; adjustment: Paise; total: Paise } {
  const adjustment = add(ZERO, ...line.splits.map((split) => typed(split.valuePaise)));
  const due = paise(bill.duePaise);
  const net = line.extent === "full" ? subtract(due, smaller(adjustment, due)) : typed(line.netPaise);
  return { net, adjustment, total: add(net, adjustment) };
}

/** What the payment comes to as it stands, in paise. */
export function payAmounts(lines: readonly PayLineValues[], bills: readonly PayBill[]) {
  const amounts = lines.flatMap((line) => {
    const bill = bills.find((one) => one.id === line.invoiceId);
    return bill ? [lineAmounts(line, bill)] : [];
  });
  const sum = (key: "net" | "adjustment" | "total") => add(ZERO, ...amounts.map((each) => each[key]));
  return { net: sum("net"), adjustment: sum("adjustment"), total: sum("total") };
}

/** Day and time in India as one instant. */
const paidAtOf = ({ paidDay, paidTime }: { paidDay: string; paidTime: string }) => `${paidDay}T${paidTime}:00+05:30`;

/**
 * The form's schema for these bills: texts in, a request out. What the server would refuse for sure is said beside the field first.
 * @param objectId the payment's id, minted once when the form opened
 */
export function payFormSchema({
  objectId,
  supplierB2BId,
  bills,
  now,
}: {
  objectId: string;
  supplierB2BId: string;
  bills: readonly PayBill[];
  now: () => Date;
}) {
  return z
    .object({
      /** Whether money was paid anew, or it is that of a payment which failed or was rejected. Empty: not said yet. */
      money: z.enum(["", "new", "same"]).refine((money) => money !== "", "Say whether it is the same money."),
      type: z.enum(["ONPLATFORM", "OFFPLATFORM"]),
      mode: z.string().refine(isPaymentMode, "Choose how it was paid."),
      utr: utrSchema,
      /** The day in India that it was paid on, 2026-11-20, and the time, 14:05. */
      paidDay: z
        .string()
        .refine((day) => parseDay(day) !== null, "Enter the day it was paid.")
        .refine((day) => parseDay(day) === null || isTakenDay(day), `Enter a day ${TAKEN_YEARS}.`),
      paidTime: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Enter the time, like 14:05."),
      lines: z.array(lineForm),
    })
    .superRefine((values, context) => {
      if (values.paidDay > toIstDay(now()))
        context.addIssue({ code: "custom", path: ["paidDay"], message: "This day is still to come." });
      else if (isStillToCome(new Date(paidAtOf(values)), now()))
        context.addIssue({ code: "custom", path: ["paidTime"], message: "This time is still to come in India." });
      values.lines.forEach((line, index) => {
        const bill = bills.find((one) => one.id === line.invoiceId);
        if (!bill) return;
        const due = paise(bill.duePaise);
        const { adjustment, total } = lineAmounts(line, bill);
        const problem = (path: string, message: string) =>
          context.addIssue({ code: "custom", path: ["lines", index, path], message });
        if (line.extent === "full" && adjustment > due)
          problem("adjustmentPaise", `The adjustments are more than the ${formatRupees(due)} due.`);
        else if (total > due)
          problem("netPaise", `${formatRupees(total)} is more than the ${formatRupees(due)} still due.`);
      });
    })
    .transform(
      ({ money: _said, paidDay, paidTime, lines, ...rest }): z.input<typeof paymentRequestSchema> => ({
        ...rest,
        objectId,
        supplierB2BId,
        paidAt: paidAtOf({ paidDay, paidTime }),
        lines: lines.map((line) => {
          const bill = bills.find((one) => one.id === line.invoiceId);
          const { net, adjustment } = bill ? lineAmounts(line, bill) : { net: ZERO, adjustment: ZERO };
          const splits = line.splits
            .map(({ valuePaise, ...split }) => ({ ...split, valuePaise: typed(valuePaise) }))
            .filter((split) => split.valuePaise > 0);
          return { invoiceId: line.invoiceId, netPaise: net, adjustmentPaise: adjustment, splits };
        }),
      }),
    )
    .pipe(paymentRequestSchema);
}

export type PayValues = z.input<ReturnType<typeof payFormSchema>>;

/** How, when and under which reference it was paid. */
export type PayDetailValues = Pick<PayValues, "type" | "mode" | "utr" | "paidDay" | "paidTime">;

/** Money paid now: nothing is known of it yet. */
export function newDetails(now: Date): PayDetailValues {
  return { type: "OFFPLATFORM", mode: "", utr: "", paidDay: toIstDay(now), paidTime: toIstTime(now) };
}

/** The form as it opens: everything in full, paid now. */
export function emptyPayValues(bills: readonly PayBill[], now: Date): PayValues {
  return {
    money: "new",
    ...newDetails(now),
    lines: bills.map((bill) => ({
      invoiceId: bill.id,
      extent: "full",
      netPaise: toFieldText(paise(bill.duePaise)),
      splits: [],
    })),
  };
}

/** A line's adjustments. A business's own software may send one without saying what it is made of, which the form can't show. */
function splitsOf({
  splits,
  adjustmentPaise,
}: PaymentDetail["lines"][number]): PaymentDetail["lines"][number]["splits"] {
  if (splits.length > 0 || adjustmentPaise === 0) return splits;
  return [{ name: "OTHER" satisfies (typeof SPLIT_NAMES)[number], valuePaise: adjustmentPaise, refNo: "" }];
}

/** The form filled in from a payment that failed or was rejected. Whether its money is the same has to be said. */
export function payValuesFrom(payment: Pick<PaymentDetail, "lines">, bills: readonly PayBill[], now: Date): PayValues {
  const fresh = emptyPayValues(bills, now);
  return {
    ...fresh,
    money: "",
    lines: fresh.lines.map((line, index) => {
      const before = payment.lines.find((one) => one.invoiceId === line.invoiceId);
      if (!before) return line;
      const splits = splitsOf(before).map((split) => ({ ...split, valuePaise: toFieldText(paise(split.valuePaise)) }));
      const full = lineTotal({ netPaise: paise(before.netPaise), adjustmentPaise: paise(before.adjustmentPaise) });
      const extent = full === bills[index]?.duePaise ? "full" : "part";
      return { ...line, extent, netPaise: toFieldText(paise(before.netPaise)), splits };
    }),
  };
}

/** An adjustment that has just been added. */
export function newSplit(name: (typeof SPLIT_NAMES)[number]): PaySplitValues {
  return { name, valuePaise: "", refNo: "" };
}
