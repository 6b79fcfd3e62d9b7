import type { Answer } from "@/features/confirmations/schema";
import type { Payment, PaymentDetail } from "@/features/payments/api";
import { MODE_LABELS } from "@/features/protocol/status-words";
import { add, formatRupees, paise, ZERO } from "@/lib/money";
import { formatDate } from "@/lib/time";

const rupees = (amount: number) => formatRupees(paise(amount));

type Line = Pick<PaymentDetail["lines"][number], "splits" | "adjustmentPaise">;

/** What was settled without money, by name: "₹2,000.00 TDS (194Q)". Adjustments without a name are one part. Amounts in paise. */
export function adjustmentParts(lines: readonly Line[]): { name: string; valuePaise: number; refs: string[] }[] {
  const parts = new Map<string, { valuePaise: number; refs: string[] }>();
  for (const line of lines) {
    const unnamed = { name: "Adjustment", valuePaise: line.adjustmentPaise, refNo: "" };
    for (const split of line.splits.length > 0 ? line.splits : [unnamed]) {
      if (split.valuePaise === 0) continue;
      const part = parts.get(split.name) ?? { valuePaise: ZERO, refs: [] };
      const refs = split.refNo && !part.refs.includes(split.refNo) ? [...part.refs, split.refNo] : part.refs;
      parts.set(split.name, { valuePaise: add(paise(part.valuePaise), paise(split.valuePaise)), refs });
    }
  }
  return [...parts].map(([name, part]) => ({ name, ...part }));
}

/** "invoice KM/141", "invoices KM/141 and KM/142", "invoices KM/141, KM/142, KM/143 and 4 more". */
export function invoiceWords({
  invoiceNumbers,
  invoiceCount,
}: Pick<Payment, "invoiceNumbers" | "invoiceCount">): string {
  const more = invoiceCount - invoiceNumbers.length;
  const named = more > 0 ? [...invoiceNumbers, `${more} more`] : invoiceNumbers;
  const list = named.length > 1 ? `${named.slice(0, -1).join(", ")} and ${named.at(-1)}` : named.join("");
  return invoiceCount === 1 ? `invoice ${list}` : `invoices ${list}`;
}

/** How long a payment has waited for its answer. */
export function waitingWords(days: number | null): string {
  if (days === null) return "Answered";
  if (days === 0) return "Came today";
  return `Waiting ${days} ${days === 1 ? "day" : "days"}`;
}

/** "KM/141, KM/142, KM/143 and 4 more", where there is little room. */
export function invoiceNumberWords({
  invoiceNumbers,
  invoiceCount,
}: Pick<Payment, "invoiceNumbers" | "invoiceCount">): string {
  const more = invoiceCount - invoiceNumbers.length;
  return invoiceNumbers.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** Adjustments by name: "₹94.80 TDS, ₹500.00 DISCOUNT"; empty when there are none, or they are not read yet. */
export function adjustmentWords(lines: readonly Line[]): string {
  return adjustmentParts(lines)
    .map((part) => `${rupees(part.valuePaise)} ${part.name}`)
    .join(", ");
}

/** Where the money is to be looked for: "in your bank account" is wrong for cash. */
function arrival({ mode }: Pick<Payment, "mode">): string {
  if (mode === "CASH") return "in cash";
  return mode === "CHEQUE" ? "by cheque" : "in your bank account";
}

/** What is to be looked at before a payment is answered: the question, where to look, and what its amount is. */
export function lookWords({ mode, netPaise }: Pick<Payment, "mode" | "netPaise">) {
  if (netPaise === 0)
    return {
      question: "Is the adjustment right?",
      where: "No money was to arrive: see whether what was deducted is agreed.",
      amount: "Settled by adjustment alone: no money was to arrive",
    };
  const question = "Has the money arrived?";
  return mode === "CASH"
    ? { question, where: "Check that the cash was received.", amount: "Paid to you in cash" }
    : {
        question,
        where: "Look for the UTR and the amount in your bank account.",
        amount: "To find in your bank account",
      };
}

type Asked = Pick<
  Payment,
  | "netPaise"
  | "adjustmentPaise"
  | "totalPaise"
  | "mode"
  | "utr"
  | "paidAt"
  | "counterparty"
  | "invoiceNumbers"
  | "invoiceCount"
>;

/** What an answer says and does, sentence by sentence, before it is given. */
export function meaningOf(response: Answer["response"], payment: Asked, lines: readonly Line[] = []): string[] {
  const { netPaise, adjustmentPaise, totalPaise, counterparty } = payment;
  const name = counterparty.name;
  const invoices = `your ${invoiceWords(payment)}`;
  const facts = `${MODE_LABELS[payment.mode]}, UTR ${payment.utr}, paid on ${formatDate(new Date(payment.paidAt))}`;
  if (response === "REJECT") {
    const claim =
      netPaise > 0
        ? `${rupees(netPaise)} from ${name} has not arrived ${arrival(payment)}, or is not right`
        : `The adjustment by ${name} is not right`;
    return [`${claim} (${facts}).`, `Nothing is settled: ${rupees(totalPaise)} of ${invoices} will be due again.`];
  }
  const parts = adjustmentParts(lines).map((part) => `${rupees(part.valuePaise)} ${part.name}`);
  const adjusted =
    adjustmentPaise === 0
      ? ""
      : `, with ${parts.length > 0 ? parts.join(", ") : `${rupees(adjustmentPaise)} of adjustments`}`;
  return [
    netPaise > 0
      ? `${rupees(netPaise)} from ${name} has arrived ${arrival(payment)} (${facts}).`
      : `No money was to arrive: ${name} settles this by adjustment alone (${facts}).`,
    `It settles ${rupees(totalPaise)} of ${invoices}${adjusted}.`,
  ];
}
