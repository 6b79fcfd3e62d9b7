import fc from "fast-check";
import Papa from "papaparse";
import { expect, test } from "vitest";
import { listCounterparties } from "@/features/counterparties/data";
import { getHome } from "@/features/home/data";
import type { Invoice } from "@/features/invoices/api";
import { INVOICE_CSV_HEADER, invoiceCsvRow } from "@/features/invoices/csv";
import { eachInvoice, listInvoices } from "@/features/invoices/data";
import { dueOf, isPayable, statusOf } from "@/features/invoices/rules";
import {
  DUE_FILTERS,
  INVOICE_SORTS,
  type InvoiceQueryInput,
  type InvoiceSideName,
  invoiceQuerySchema,
} from "@/features/invoices/schema";
import {
  PAYMENT_SORTS,
  PAYMENT_STATUSES,
  PAYMENT_TODOS,
  type Payment,
  type PaymentQueryInput,
  type PaymentSideName,
  paymentQuerySchema,
} from "@/features/payments/api";
import {
  PAYMENT_CSV_HEADER,
  paymentCsvRow,
  SETTLED_INVOICE_CSV_HEADER,
  settledInvoiceCsvRow,
} from "@/features/payments/csv";
import { listPayments } from "@/features/payments/data";
import { eachPayment, eachSettledInvoice } from "@/features/payments/export";
import { csvText } from "@/lib/csv";
import { LARGEST_SUM, parseRupees } from "@/lib/money";
import { daysBetween, toIstDay } from "@/lib/time";
import { type FilledBooks, type FilledPayment, fillBooks, MIDNIGHT, randomBooks } from "@/tests/random-books";

/*
 * Of any books: what home says, what a list says above its pages, what its pages have together, and what its export adds up to, are
 * the same to the paisa. All looked at in India's first second of a day.
 */

const TODAY = toIstDay(MIDNIGHT);

const sumOf = (amounts: readonly number[]) => Number(amounts.reduce((sum, amount) => sum + BigInt(amount), 0n));
const told = (sum: number) => Math.min(sum, LARGEST_SUM);

/** A column of an export in paise, read as a spreadsheet would. */
function column(header: readonly string[], rows: readonly (string | number)[][], name: string): number[] {
  const text = csvText([header, ...rows]).replace(/^\uFEFF/, "");
  const { data } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  return data.map((row) => parseRupees(row[name] ?? "") ?? Number.NaN);
}

async function all<Item>(pages: AsyncIterable<readonly Item[]>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
  previousCursor: string | null;
}

/** All rows of a list, page by page to its end and back again; each once, in the same order both ways. */
async function walk<Item>(read: (cursor?: string) => Promise<Page<Item>>, idOf: (item: Item) => string) {
  const items: Item[] = [];
  let page = await read();
  items.push(...page.items);
  while (page.nextCursor) {
    page = await read(page.nextCursor);
    items.push(...page.items);
  }
  const back = [...page.items];
  while (page.previousCursor) {
    page = await read(page.previousCursor);
    back.unshift(...page.items);
  }
  const ids = items.map(idOf);
  expect(new Set(ids).size).toBe(ids.length);
  expect(back.map(idOf)).toEqual(ids);
  return items;
}

/** A list of invoices narrowed in one way: its totals, its pages and its export; the rows of its pages. */
async function invoicesOf({ scope }: FilledBooks, input: InvoiceQueryInput): Promise<Invoice[]> {
  const query = invoiceQuerySchema.parse({ ...input, limit: 7 });
  const { totals } = await listInvoices(scope, query, MIDNIGHT);
  const items = await walk(
    (cursor) => listInvoices(scope, { ...query, cursor }, MIDNIGHT),
    ({ id }) => id,
  );
  expect(totals).toEqual({
    count: items.length,
    countIsMinimum: false,
    duePaise: told(sumOf(items.map(({ duePaise }) => duePaise))),
  });
  const exported = await all(eachInvoice(scope, query, MIDNIGHT));
  expect(exported).toEqual(items);
  const rows = exported.map(invoiceCsvRow);
  for (const [name, amounts] of [
    ["Total (₹)", items.map(({ totalPaise }) => totalPaise)],
    ["Paid (₹)", items.map(({ paidPaise }) => paidPaise)],
    ["Waiting for confirmation (₹)", items.map(({ pendingPaise }) => pendingPaise)],
    ["Due (₹)", items.map(({ duePaise }) => duePaise)],
  ] as const)
    expect(column(INVOICE_CSV_HEADER, rows, name)).toEqual(amounts);
  return items;
}

/** As `invoicesOf`, of payments. */
async function paymentsOf({ scope }: FilledBooks, input: PaymentQueryInput): Promise<Payment[]> {
  const query = paymentQuerySchema.parse({ ...input, limit: 7 });
  const { totals } = await listPayments(scope, query, MIDNIGHT);
  const items = await walk(
    (cursor) => listPayments(scope, { ...query, cursor }, MIDNIGHT),
    ({ objectId }) => objectId,
  );
  const stand = items.filter(({ status }) => status !== "REJECTED" && status !== "FAILED");
  expect(totals).toEqual({
    count: items.length,
    countIsMinimum: false,
    standing: {
      count: stand.length,
      netPaise: told(sumOf(stand.map(({ netPaise }) => netPaise))),
      totalPaise: told(sumOf(stand.map(({ totalPaise }) => totalPaise))),
    },
  });
  const exported = await all(eachPayment(scope, query, MIDNIGHT));
  expect(exported).toEqual(items);
  const rows = exported.map(paymentCsvRow);
  const total = column(PAYMENT_CSV_HEADER, rows, "Total (₹)");
  expect(column(PAYMENT_CSV_HEADER, rows, "Net (₹)")).toEqual(items.map(({ netPaise }) => netPaise));
  expect(total).toEqual(items.map(({ totalPaise }) => totalPaise));
  const settled = (await all(eachSettledInvoice(scope, query, { now: MIDNIGHT, linesAtOnce: 3 }))).map(
    settledInvoiceCsvRow,
  );
  const of = (name: string) => sumOf(column(SETTLED_INVOICE_CSV_HEADER, settled, name));
  expect(of("Total (₹)")).toBe(sumOf(total));
  const accepted = items.filter(({ status }) => status === "ACCEPTED").map(({ totalPaise }) => totalPaise);
  expect(of("Settled (₹)")).toBe(sumOf(accepted));
  expect(sumOf(column(PAYMENT_CSV_HEADER, rows, "Settled (₹)"))).toBe(sumOf(accepted));
  expect(of("Net (₹)") + of("TDS (₹)") + of("Other adjustments (₹)")).toBe(sumOf(total));
  return items;
}

const figure = (items: readonly Invoice[]) => ({
  count: items.length,
  duePaise: told(sumOf(items.map(({ duePaise }) => duePaise))),
});
const settling = (items: readonly { totalPaise: number }[]) => ({
  count: items.length,
  totalPaise: told(sumOf(items.map(({ totalPaise }) => totalPaise))),
});

/** What an oracle of its own says of the books, beside what the lists say. */
function expectDue(
  { invoices }: FilledBooks,
  side: InvoiceSideName,
  overdue: readonly Invoice[],
  soon: readonly Invoice[],
) {
  const of = (from: number, to: number) =>
    invoices
      .filter((one) => {
        const days = daysBetween(TODAY, one.dueDate);
        return one.side.toLowerCase() === side && isPayable(one) && dueOf(one) > 0 && days >= from && days <= to;
      })
      .map(({ id }) => id)
      .sort();
  const ids = (items: readonly Invoice[]) => items.map(({ id }) => id).sort();
  expect(ids(overdue)).toEqual(of(Number.NEGATIVE_INFINITY, -1));
  expect(ids(soon)).toEqual(of(0, 7));
  expect(overdue.every((one) => one.overdue && one.daysOverdue > 0)).toBe(true);
  expect(soon.some((one) => one.overdue)).toBe(false);
}

/** So much of what failed or rejected payments were for is still due: of each bill, by the payment that tried last, or all that did. */
function dueAgain(payments: readonly FilledPayment[], shown: readonly Payment[]) {
  const lines = payments
    .filter(({ objectId }) => shown.some((one) => one.objectId === objectId))
    .flatMap(({ lines, createdAt }) => lines.map((line) => ({ ...line, createdAt })));
  const latest = lines.filter(
    ({ invoice, createdAt }) =>
      dueOf(invoice) > 0 &&
      isPayable(invoice) &&
      statusOf(invoice) !== "PAID" &&
      !payments.some(
        (other) => other.createdAt > createdAt && other.lines.some((line) => line.invoice.id === invoice.id),
      ),
  );
  return {
    count: shown.length,
    totalPaise: told(sumOf(latest.map(({ total, invoice }) => Math.min(total, dueOf(invoice))))),
  };
}

async function checkInvoices(books: FilledBooks, home: Awaited<ReturnType<typeof getHome>>, side: InvoiceSideName) {
  const by = async (input: Partial<InvoiceQueryInput>) => invoicesOf(books, { side, ...input });
  const [overdue, soon, cameBack, open, settled] = [
    await by({ due: "overdue" }),
    await by({ due: "soon", sort: "-total" }),
    await by({ due: "came-back" }),
    await by({ due: "open", sort: "total" }),
    await by({ due: "settled" }),
  ];
  const said = side === "payable" ? home.pay : home.getPaid;
  expect(said.overdue).toEqual(figure(overdue));
  expect(said.dueThisWeek).toEqual(figure(soon));
  expect(said.cameBack).toEqual(settling(cameBack));
  expectDue(books, side, overdue, soon);
  const whole = await by({});
  expect(new Set([...open, ...settled].map(({ id }) => id))).toEqual(new Set(whole.map(({ id }) => id)));
  expect(open.length + settled.length).toBe(whole.length);
  expect(whole).toHaveLength(books.invoices.filter((one) => one.side.toLowerCase() === side).length);
  const { items: parties } = await listCounterparties(books.scope, { side }, MIDNIGHT);
  for (const party of parties) {
    const theirs = await by({ due: "open", counterparty: party.b2bId });
    expect({ count: party.openCount, duePaise: party.duePaise }).toEqual(figure(theirs));
  }
  const found = await by({ q: "eka" });
  expect(found.map(({ id }) => id)).toEqual(
    whole.flatMap((one) => (one.counterparty.b2bId === "EKA@BCB" ? [one.id] : [])),
  );
}

async function checkPayments(books: FilledBooks, home: Awaited<ReturnType<typeof getHome>>, side: PaymentSideName) {
  const by = async (input: Partial<PaymentQueryInput>) => paymentsOf(books, { side, ...input });
  const statuses = new Map<string, Payment[]>();
  for (const status of PAYMENT_STATUSES) statuses.set(status, await by({ status, sort: "-total" }));
  const of = (status: string) => statuses.get(status) ?? [];
  const whole = await by({ sort: "paidAt" });
  expect(sumOf([...statuses.values()].map(({ length }) => length))).toBe(whole.length);
  const sendAgain = await by({ todo: "send-again" });
  expect(sendAgain.every(({ undelivered }) => undelivered)).toBe(true);
  expect(whole.filter(({ undelivered }) => undelivered)).toHaveLength(sendAgain.length);
  if (side === "outgoing") {
    const { pay } = home;
    expect(pay.waiting).toMatchObject(settling(await by({ todo: "unanswered", sort: "createdAt" })));
    expect(pay.toApprove).toMatchObject(settling(of("AWAITING_APPROVAL")));
    expect(pay.undelivered).toEqual(settling(sendAgain));
    for (const [status, said] of [
      ["FAILED", pay.failed],
      ["REJECTED", pay.rejected],
    ] as const)
      expect(said).toEqual(dueAgain(books.payments, await by({ todo: "pay-again", status })));
    return;
  }
  const { toConfirm, confirming, problems } = home.getPaid;
  const waiting = of("AWAITING_CONFIRMATION");
  expect(toConfirm).toMatchObject({
    ...settling(waiting),
    netPaise: told(sumOf(waiting.map(({ netPaise }) => netPaise))),
  });
  expect(confirming).toEqual(settling(of("CONFIRMING")));
  expect(problems).toEqual(settling([...waiting.filter(({ failure }) => failure), ...sendAgain]));
}

/** Every order of a list has the same rows, and each row where it belongs. */
async function checkOrders(books: FilledBooks) {
  for (const side of ["payable", "receivable"] as const)
    for (const sort of INVOICE_SORTS) {
      const items = await invoicesOf(books, { side, sort });
      const key = { dueDate: "dueDate", issueDate: "issueDate", total: "totalPaise" }[sort.replace("-", "")] as
        | "dueDate"
        | "totalPaise"
        | undefined;
      if (key)
        expectOrder(
          items.map((item) => item[key]),
          sort,
        );
    }
  for (const side of ["outgoing", "incoming"] as const)
    for (const sort of PAYMENT_SORTS) {
      const items = await paymentsOf(books, { side, sort, q: "bcb" });
      const key = { createdAt: "createdAt", total: "totalPaise", paidAt: "paidAt" }[
        sort.replace("-", "")
      ] as "createdAt";
      expectOrder(
        items.map((item) => item[key]),
        sort,
      );
    }
}

function expectOrder(keys: readonly (string | number)[], sort: string) {
  const sorted = keys.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  expect(keys).toEqual(sort.startsWith("-") ? sorted.reverse() : sorted);
}

test("home, lists, pages and exports agree to the paisa", async () => {
  expect([...DUE_FILTERS, ...PAYMENT_TODOS]).toHaveLength(8);
  await fc.assert(
    fc.asyncProperty(randomBooks, async (given) => {
      const books = await fillBooks(given);
      const home = await getHome(books.scope, MIDNIGHT);
      for (const side of ["payable", "receivable"] as const) await checkInvoices(books, home, side);
      for (const side of ["outgoing", "incoming"] as const) await checkPayments(books, home, side);
      await checkOrders(books);
    }),
    { numRuns: Number(process.env.AGREEMENT_RUNS ?? 4) },
  );
}, 120_000);
