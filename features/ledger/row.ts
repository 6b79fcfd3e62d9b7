import { z } from "zod";
import { paiseColumn } from "@/features/invoices/row";
import type { InvoiceSideName } from "@/features/invoices/schema";
import type { LedgerEntry, LedgerPayment, LedgerWaiting } from "@/features/ledger/api";
import { adjustmentsOf, columnsOf, paymentSideOf } from "@/features/ledger/rules";
import { isTds } from "@/features/payments/tds";
import { paymentStatusWords } from "@/features/payments/words";
import { PaymentMode, PaymentStatus } from "@/lib/generated/prisma/enums";
import { add, type Paise, paise, subtract, withoutSign, ZERO } from "@/lib/money";
import { dayOf } from "@/lib/time";

const day = z.date().transform(dayOf);
const shown = {
  day,
  /** What the order goes by within a day. */
  key: z.string(),
  /** Paise by which what is owed grows; below zero for payments. */
  amount: paiseColumn,
  /** Before and after it; null for what doesn't count yet. */
  brought: paiseColumn.nullable(),
  balance: paiseColumn.nullable(),
};
const invoiceColumns = { invoiceId: z.string(), invoiceNumber: z.string(), description: z.string(), dueDate: day };
const paymentColumns = {
  objectId: z.string(),
  utr: z.string(),
  paidAt: z.date(),
  mode: z.enum(PaymentMode),
  net: paiseColumn,
  adjustment: paiseColumn,
  status: z.enum(PaymentStatus),
  undelivered: z.boolean(),
  splits: z.array(z.object({ name: z.string(), refNo: z.string(), value: z.int() })).nullable(),
  invoiceNumbers: z.array(z.string()),
  invoiceCount: z.number(),
};

/** A row that a ledger shows, with what is read of its invoice or its payment; amounts in paise. */
export const ledgerRow = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("invoice"), ...shown, ...invoiceColumns }),
  z.object({ kind: z.literal("payment"), ...shown, ...paymentColumns }),
  z.object({ kind: z.literal("waiting"), ...shown, ...paymentColumns }),
]);
export type LedgerRow = z.output<typeof ledgerRow>;
type OfKind<Kind> = Extract<LedgerRow, { kind: Kind }>;

/** The parts of an adjustment by their names and references, the TDS under one name whatever letters it came in. */
function toldParts(splits: OfKind<"payment">["splits"]): { name: string; refNo: string; valuePaise: Paise }[] {
  const parts = new Map<string, { name: string; refNo: string; valuePaise: Paise }>();
  for (const { name: written, refNo, value } of splits ?? []) {
    const name = isTds({ name: written }) ? "TDS" : written;
    const key = JSON.stringify([name, refNo]);
    parts.set(key, { name, refNo, valuePaise: add(parts.get(key)?.valuePaise ?? ZERO, paise(value)) });
  }
  return [...parts.values()];
}

function paymentOf({ mode, net, adjustment, splits, invoiceNumbers, invoiceCount }: OfKind<"payment" | "waiting">) {
  const adjustments = adjustmentsOf(adjustment, toldParts(splits));
  return { mode, netPaise: net, adjustments, invoiceNumbers, invoiceCount } satisfies LedgerPayment;
}

/** An entry as the portal's API shows it. */
export function toEntry(row: OfKind<"invoice" | "payment">, side: InvoiceSideName): LedgerEntry {
  const common = { day: row.day, ...columnsOf(side, row.amount), balancePaise: row.balance ?? ZERO };
  if (row.kind === "payment")
    return { ...common, kind: "payment", id: row.objectId, reference: row.utr, invoice: null, payment: paymentOf(row) };
  const { invoiceId: id, invoiceNumber: reference, description, dueDate } = row;
  return { ...common, kind: "invoice", id, reference, invoice: { description, dueDate }, payment: null };
}

/** A payment that doesn't count yet, as the portal's API shows it. */
export function toWaiting(row: OfKind<"waiting">, side: InvoiceSideName): LedgerWaiting {
  const { day, objectId, utr, status, undelivered, amount } = row;
  const statusWords = paymentStatusWords(paymentSideOf(side), status, { undelivered });
  return { ...paymentOf(row), objectId, utr, day, totalPaise: withoutSign(amount), status, statusWords };
}

/** By how much an entry changes what is owed on that side, in paise. */
export function amountOf({ debitPaise, creditPaise }: LedgerEntry, side: InvoiceSideName): Paise {
  const [grows, falls] = side === "payable" ? [creditPaise, debitPaise] : [debitPaise, creditPaise];
  return subtract(paise(grows), paise(falls));
}
