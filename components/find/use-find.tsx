"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { InvoiceStatusBadge } from "@/components/invoices/invoice-status";
import { countWords } from "@/components/lists/count-words";
import { PaymentStatusBadge } from "@/components/payments/payment-status";
import type { Invoice } from "@/features/invoices/api";
import { invoicesQuery } from "@/features/invoices/client";
import type { InvoiceSideName } from "@/features/invoices/schema";
import type { Payment, PaymentSideName } from "@/features/payments/api";
import { paymentsQuery } from "@/features/payments/client";
import { amountInBank } from "@/features/payments/words";
import { formatDate, formatDay } from "@/lib/time";

/** So many of each kind; the rest stands in its list. */
const SHOWN = 5;
/** One letter is in everything. */
const SHORTEST = 2;

/** One bill, invoice or payment that was found. */
export interface Hit {
  href: string;
  /** Its number, or its UTR. */
  name: string;
  isUtr: boolean;
  party: string;
  day: string;
  /** In paise. */
  amount: number;
  badge: ReactNode;
}

/** What was found in one of the lists. */
export interface FoundIn {
  title: string;
  hits: Hit[];
  /** The list with all of them, and how many these are; null where all are shown. */
  all: { href: string; words: string } | null;
  count: number;
}

/** Looks for words in a business's bills, invoices and payments at once, by the lists' own searches. */
export function useFind(business: string, words: string) {
  const q = words.trim();
  const isAsked = q.length >= SHORTEST;
  const ask = { q, limit: SHOWN };
  const invoices = (side: InvoiceSideName) => ({
    ...invoicesQuery(business, { ...ask, side, sort: "-issueDate" }),
    enabled: isAsked,
  });
  const payments = (side: PaymentSideName) => ({ ...paymentsQuery(business, { ...ask, side }), enabled: isAsked });
  const bills = useQuery(invoices("payable"));
  const made = useQuery(payments("outgoing"));
  const raised = useQuery(invoices("receivable"));
  const received = useQuery(payments("incoming"));
  const lists = [bills, made, raised, received];
  const at = (folder: string) => `/b/${business}/${folder}`;
  return {
    isAsked,
    /** Not all of it is there yet, or what is there is of the words before. */
    isLooking: isAsked && lists.some(({ isPending, isPlaceholderData }) => isPending || isPlaceholderData),
    problem: isAsked ? (lists.find(({ error }) => error)?.error ?? null) : null,
    tryAgain: () => {
      for (const list of lists) if (list.error) void list.refetch();
    },
    found: isAsked
      ? [
          foundIn("Bills", at("bills"), bills.data, invoiceHit, { q, due: "all" }),
          foundIn("Payments made", at("payments"), made.data, paymentHit, { q }),
          foundIn("Invoices", at("invoices"), raised.data, invoiceHit, { q, due: "all" }),
          foundIn("Payments received", at("received"), received.data, paymentHit, { q }),
        ].filter(({ count }) => count > 0)
      : [],
  };
}

function foundIn<Item>(
  title: string,
  folder: string,
  page: { items: readonly Item[]; totals: { count: number; countIsMinimum: boolean } } | undefined,
  hitOf: (item: Item, folder: string) => Hit,
  search: Record<string, string>,
): FoundIn {
  const { items, totals } = page ?? { items: [], totals: { count: 0, countIsMinimum: false } };
  const words = `All ${countWords(totals, "of them", "of them")}`;
  const isMore = totals.count > items.length || totals.countIsMinimum;
  return {
    title,
    hits: items.map((item) => hitOf(item, folder)),
    all: isMore ? { href: `${folder}?${new URLSearchParams(search)}`, words } : null,
    count: totals.count,
  };
}

const invoiceHit = (invoice: Invoice, folder: string): Hit => ({
  href: `${folder}/${invoice.id}`,
  name: invoice.supplierInvoiceNumber,
  isUtr: false,
  party: invoice.counterparty.name,
  day: formatDay(invoice.issueDate),
  amount: invoice.totalPaise,
  badge: <InvoiceStatusBadge invoice={invoice} />,
});

const paymentHit = (payment: Payment, folder: string): Hit => ({
  href: `${folder}/${payment.objectId}`,
  name: payment.utr,
  isUtr: true,
  party: payment.counterparty.name,
  day: formatDate(new Date(payment.paidAt)),
  amount: amountInBank(payment),
  badge: <PaymentStatusBadge payment={payment} />,
});
