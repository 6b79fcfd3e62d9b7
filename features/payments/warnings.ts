import type { PayBill } from "@/features/payments/form";
import { type PaymentRequest, paymentTotals } from "@/features/payments/schema";
import { NEW_TAX_ACT, tdsWarning } from "@/features/payments/tds";
import type { PaymentMode } from "@/features/protocol/status-words";
import { utrWarning } from "@/features/protocol/utr";
import { add, formatRupees, type Paise, paise, ZERO } from "@/lib/money";
import { daysBetween, formatDay, toIstDay } from "@/lib/time";

// What is unusual about a payment: reasons to ask before it is sent, never to refuse it. Said beside the field and on the review alike.

export interface PayWarning {
  title: string;
  words?: string;
  tone: "warning" | "danger";
  /** What has to be ticked before it is sent. */
  tick?: string;
}

/** A payment is told of within days: an older day is mostly a slip. */
const LONG_AGO_DAYS = 90;

/** What is unusual about the day paid (2026-11-20), in words. */
export function dayWarning(day: string, bills: readonly PayBill[], today: string): string | null {
  const before = bills.find((bill) => day < bill.issueDate);
  if (before)
    return `${formatDay(day)} is before the date of ${before.supplierInvoiceNumber}, ${formatDay(before.issueDate)}.`;
  const days = daysBetween(day, today);
  return days > LONG_AGO_DAYS ? `${formatDay(day)} is ${days} days ago. Please check the day.` : null;
}

/** ₹10,000 a day: above it an expense paid in cash is disallowed. ₹2,00,000: barred altogether. In paise. */
const CASH_DISALLOWED = 10_000_00;
const CASH_BARRED = 2_00_000_00;

export const isCash = (mode: string) => mode === ("CASH" satisfies PaymentMode);

/**
 * What the Income-tax Act (features/payments/tds.ts) says of so much cash on that day.
 * @param before what the same supplier was paid in cash on that day besides, in paise
 */
export function cashWarning(mode: string, net: Paise, day: string, before: Paise = ZERO): PayWarning | null {
  const ofDay = add(net, before);
  if (!isCash(mode) || net === 0 || ofDay <= CASH_DISALLOWED) return null;
  const isNew = day >= NEW_TAX_ACT;
  const together =
    before > 0 ? `With the ${formatRupees(before)} that you have already paid them in cash on that day. ` : "";
  if (ofDay < CASH_BARRED)
    return {
      tone: "warning",
      title: "More than ₹10,000 in cash in a day is not allowed as an expense",
      words: `${together}Section ${isNew ? "36 of the Income-tax Act, 2025 (earlier 40A(3))" : "40A(3)"}. Consider a bank transfer.`,
    };
  return {
    tone: "danger",
    title: "₹2,00,000 or more in cash from one person in a day is barred",
    words: `${together}Section ${isNew ? "186 of the Income-tax Act, 2025 (earlier 269ST)" : "269ST"}: the penalty is as high as the amount. Pay by bank transfer instead.`,
  };
}

/** What it means to say that Bharat Connect moved the money. */
export function platformWarning(type: PaymentRequest["type"], supplier: string): PayWarning | null {
  if (type === "OFFPLATFORM") return null;
  return {
    tone: "warning",
    title: "Only when Bharat Connect itself moved the money",
    words: `${supplier} can't reject this payment, whether the money comes or not. If you paid from your bank, by cheque or in cash, it is off the platform.`,
    tick: "Bharat Connect moved this money",
  };
}

/**
 * All that is unusual about a payment that is about to be sent, but for earlier uses of its UTR: see `utrQuery`.
 * @param cashBefore what the supplier was paid in cash on that day besides, in paise: see `cashQuery`
 */
export function payWarnings(
  request: PaymentRequest,
  bills: readonly PayBill[],
  supplier: string,
  { today, cashBefore = ZERO }: { today: string; cashBefore?: Paise },
): PayWarning[] {
  const { net } = paymentTotals(request.lines);
  const day = toIstDay(new Date(request.paidAt));
  const paid = bills.filter((bill) => request.lines.some((line) => line.invoiceId === bill.id));
  const soft = (title: string | null): PayWarning | null => (title ? { tone: "warning", title } : null);
  return [
    platformWarning(request.type, supplier),
    cashWarning(request.mode, net, day, cashBefore),
    net > 0 ? soft(utrWarning(request.mode, request.utr)) : null,
    soft(dayWarning(day, paid, today)),
    ...request.lines.flatMap((line) => {
      const bill = paid.find((one) => one.id === line.invoiceId);
      if (!bill) return [];
      const tds = line.splits.filter((split) => split.name === "TDS");
      return tds.map((split) => {
        const words = tdsWarning(split.valuePaise, split.refNo, paise(bill.totalPaise));
        return words ? soft(`${bill.supplierInvoiceNumber}: ${words}`) : null;
      });
    }),
  ].filter((warning) => warning !== null);
}
