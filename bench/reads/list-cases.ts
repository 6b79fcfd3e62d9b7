import { eachInvoice, getInvoice, listInvoices } from "@/features/invoices/data";
import { findAlike } from "@/features/invoices/find-alike";
import { INVOICE_SORTS, type InvoiceQueryInput, invoiceQuerySchema } from "@/features/invoices/schema";
import {
  PAYMENT_SORTS,
  PAYMENT_STATUSES,
  PAYMENT_TODOS,
  type PaymentQueryInput,
  paymentQuerySchema,
} from "@/features/payments/api";
import { findByUtr, getPayment, listPayments } from "@/features/payments/data";
import { eachPayment, eachSettledInvoice } from "@/features/payments/export";
import { INVOICE_STATUSES } from "@/features/protocol/status-words";
import { NOW } from "./fill-sql";
import type { Firm, InvoiceSample, PaymentSample } from "./firm";
import type { ReadCase } from "./read-case";

type Sample = InvoiceSample & PaymentSample;

/** A cursor like the app's own, for a page that begins after a given row. */
function cursorAfter(sort: string, row: Sample, id: string): string {
  const key = sort.replace("-", "");
  const value = key === "counterparty" ? row.counterpartyName : row[key as keyof Sample];
  const text = value instanceof Date ? value.toISOString() : value;
  return Buffer.from(JSON.stringify({ sort, back: false, value: text, id })).toString("base64url");
}

/** The list's last page: where the opposite order begins, turned around. */
async function lastCursor(sort: string, first: (opposite: string) => Promise<{ nextCursor: string | null }>) {
  const opposite = sort.startsWith("-") ? sort.slice(1) : `-${sort}`;
  const { nextCursor } = await first(opposite);
  if (!nextCursor) return undefined;
  const cursor = JSON.parse(Buffer.from(nextCursor, "base64url").toString());
  return Buffer.from(JSON.stringify({ ...cursor, sort })).toString("base64url");
}

/** Cases of one list: any question of it, and its last page, whose cursor is found once a sort. */
function casesOf<Query extends object>(
  kind: "invoices" | "payments",
  list: (input: Partial<Query>) => Promise<{ nextCursor: string | null }>,
) {
  const asked = (input: object) => list(input as Partial<Query>);
  const cursors = new Map<string, Promise<string | undefined>>();
  return {
    one: (name: string, input: (i: number) => Partial<Query>, group: ReadCase["group"] = kind): ReadCase => ({
      name: `${kind} ${name}`,
      group,
      run: (i) => list(input(i)),
    }),
    lastPage: (sort: string): ReadCase => ({
      name: `${kind} by ${sort}, last page`,
      group: kind,
      run: async () => {
        const cursor = cursors.get(sort) ?? lastCursor(sort, (opposite) => asked({ sort: opposite }));
        cursors.set(sort, cursor);
        return asked({ sort, cursor: await cursor });
      },
    }),
  };
}

/** Parties of several sizes, in turn. */
const partyOf = (parties: Firm["parties"]) => (i: number) => ({
  counterparty: parties[[0, 1, 5, Math.floor(parties.length / 2)][i % 4] ?? 0],
});

const SEARCHES: Record<string, (invoice: InvoiceSample, i: number) => string> = {
  "one letter": (_, i) => "kpmtszwq"[i % 8] ?? "k",
  "two letters": (_, i) => ["ka", "me", "te", "co", "zz", "in", "an", "pr"][i % 8] ?? "ka",
  "three letters": ({ counterpartyName }) => counterpartyName.slice(0, 3),
  "a digit": (_, i) => String(i % 10),
  "what all contain": () => "/",
  "a party's word": ({ counterpartyName }) => counterpartyName.split(" ")[0] ?? "",
  "a party's name": ({ counterpartyName }) => counterpartyName,
  "the inside of a word": ({ counterpartyName }) => counterpartyName.slice(2, 6),
  "an invoice number": ({ supplierInvoiceNumber }) => supplierInvoiceNumber,
  "the end of a number": ({ supplierInvoiceNumber }) => supplierInvoiceNumber.slice(-5),
  "a month's numbers": ({ supplierInvoiceNumber }) => supplierInvoiceNumber.slice(-13, -7),
  "a description": (_, i) => ["copper", "freight", "valves", "stationery"][i % 4] ?? "copper",
  "two words": ({ counterpartyName }) => `${counterpartyName.split(" ")[1]} ${counterpartyName.split(" ")[0]}`,
  "a word and a letter": ({ counterpartyName }) => `${counterpartyName.split(" ")[0]} c`,
  nothing: (_, i) => `no such thing ${i}`,
  wildcards: () => "%_%",
};

/** Bills and invoices: the lists in every order and narrowed in every way, one of them, and the export. */
export function invoiceCases({ scope, invoices, parties }: Firm): ReadCase[] {
  const { side, sample } = invoices;
  const at = (i: number) => sample[i % sample.length] as Sample;
  const list = (input: Partial<InvoiceQueryInput>) =>
    listInvoices(scope, invoiceQuerySchema.parse({ side, ...input }), NOW);
  const { one, lastPage } = casesOf<InvoiceQueryInput>("invoices", list);
  let hundred: ReturnType<typeof list> | undefined;
  const year = { issuedFrom: "2025-04-01", issuedTo: "2026-03-31" };
  const month = (i: number) => ({
    issuedFrom: `2025-${String(1 + (i % 12)).padStart(2, "0")}-01`,
    issuedTo: `2025-${String(1 + (i % 12)).padStart(2, "0")}-28`,
  });
  const party = partyOf(parties);
  return [
    ...INVOICE_SORTS.flatMap((sort) => [
      one(`by ${sort}, first page`, () => ({ sort })),
      one(`by ${sort}, any page`, (i) => ({ sort, cursor: cursorAfter(sort, at(i), at(i).id) })),
      lastPage(sort),
      one(`open by ${sort}`, () => ({ sort, due: "open" })),
      one(`overdue by ${sort}`, () => ({ sort, due: "overdue" })),
      one(`due soon by ${sort}`, () => ({ sort, due: "soon" })),
      one(`came back by ${sort}`, () => ({ sort, due: "came-back" })),
      one(`settled by ${sort}`, () => ({ sort, due: "settled" })),
      one(`of one party by ${sort}`, (i) => ({ sort, ...party(i) })),
      one(`of a month by ${sort}`, (i) => ({ sort, ...month(i) })),
      one(`of a year by ${sort}`, () => ({ sort, ...year })),
      ...INVOICE_STATUSES.map((status) => one(`${status} by ${sort}`, () => ({ sort, status }))),
    ]),
    one("of one number", (i) => ({ supplierInvoiceNumber: at(i).supplierInvoiceNumber })),
    one("of one number and party", (i) => ({ supplierInvoiceNumber: at(i).supplierInvoiceNumber, ...party(i) })),
    one("of one object id", (i) => ({ objectId: at(i).objectId })),
    one("open of one party", (i) => ({ due: "open", ...party(i) })),
    one("overdue of one party by -total", (i) => ({ due: "overdue", sort: "-total", ...party(i) })),
    one("REJECTED of a year by total", () => ({ status: "REJECTED", sort: "total", ...year })),
    one("PAID of one party of a month", (i) => ({ status: "PAID", ...party(i), ...month(i) })),
    ...Object.entries(SEARCHES).flatMap(([words, q]) => [
      one(`search: ${words}`, (i) => ({ q: q(at(i), i) }), "search"),
      one(`search by -total: ${words}`, (i) => ({ q: q(at(i), i), sort: "-total" }), "search"),
      one(`search in overdue: ${words}`, (i) => ({ q: q(at(i), i), due: "overdue" }), "search"),
    ]),
    {
      name: "invoice with its payments and history",
      group: "details",
      run: (i) => getInvoice(scope, at(i).id, NOW),
    },
    {
      name: "invoices alike, of one",
      group: "details",
      run: (i) => findAlike(scope, [at(i).id], NOW),
    },
    {
      name: "invoices alike, of a hundred of the busiest party",
      group: "details",
      run: async () => {
        hundred ??= list({ counterparty: parties[0], limit: 100 });
        return findAlike(
          scope,
          (await hundred).items.map(({ id }) => id),
          NOW,
        );
      },
    },
    {
      name: "invoices exported, first 500",
      group: "exports",
      run: async () => (await eachInvoice(scope, invoiceQuerySchema.parse({ side }), NOW).next()).value,
    },
  ];
}

/** As `invoiceCases`, of payments. */
export function paymentCases({ scope, invoices, payments, parties }: Firm): ReadCase[] {
  const { side, sample } = payments;
  const at = (i: number) => sample[i % sample.length] as Sample;
  const invoice = (i: number) => invoices.sample[i % invoices.sample.length] as Sample;
  const list = (input: Partial<PaymentQueryInput>) =>
    listPayments(scope, paymentQuerySchema.parse({ side, ...input }), NOW);
  const { one, lastPage } = casesOf<PaymentQueryInput>("payments", list);
  const year = { from: "2025-04-01", to: "2026-03-31" };
  const day = (i: number) => ({ from: `2026-05-${10 + (i % 20)}`, to: `2026-05-${10 + (i % 20)}` });
  const party = partyOf(parties);
  const searches: Record<string, (i: number) => string> = {
    "a UTR": (i) => at(i).utr,
    "the end of a UTR": (i) => at(i).utr.slice(-6),
    "an amount": (i) => String(Number(at(i).total) / 100),
    "a bank's letters": (i) => ["hdfc", "icic", "sbin", "utib"][i % 4] ?? "hdfc",
    ...Object.fromEntries(Object.entries(SEARCHES).map(([words, q]) => [words, (i: number) => q(invoice(i), i)])),
  };
  return [
    ...PAYMENT_SORTS.flatMap((sort) => [
      one(`by ${sort}, first page`, () => ({ sort })),
      one(`by ${sort}, any page`, (i) => ({ sort, cursor: cursorAfter(sort, at(i), at(i).objectId) })),
      lastPage(sort),
      one(`of one party by ${sort}`, (i) => ({ sort, ...party(i) })),
      one(`of a day by ${sort}`, (i) => ({ sort, ...day(i) })),
      one(`of a year by ${sort}`, () => ({ sort, ...year })),
      ...PAYMENT_STATUSES.map((status) => one(`${status} by ${sort}`, () => ({ sort, status }))),
    ]),
    one("REJECTED of one party of a year", (i) => ({ status: "REJECTED", ...party(i), ...year })),
    one("of one UTR", (i) => ({ utr: at(i).utr })),
    one("of one UTR and party by -total", (i) => ({ utr: at(i).utr, sort: "-total", ...party(i) })),
    ...PAYMENT_TODOS.map((todo) => one(`of what is to do, ${todo}`, () => ({ todo }))),
    ...Object.entries(searches).flatMap(([words, q]) => [
      one(`search: ${words}`, (i) => ({ q: q(i) }), "search"),
      one(`search by -total: ${words}`, (i) => ({ q: q(i), sort: "-total" }), "search"),
      one(
        `search in the queue: ${words}`,
        (i) => ({ q: q(i), status: "AWAITING_CONFIRMATION", sort: "createdAt" }),
        "search",
      ),
    ]),
    {
      name: "payment with its lines and timeline",
      group: "details",
      run: (i) => getPayment(scope, at(i).objectId, NOW),
    },
    { name: "payments that used a UTR", group: "details", run: (i) => findByUtr(scope, { utr: at(i).utr }) },
    {
      name: "payments exported, first 500",
      group: "exports",
      run: async () => (await eachPayment(scope, paymentQuerySchema.parse({ side }), NOW).next()).value,
    },
    {
      name: "payments' invoices exported, of the first 500",
      group: "exports",
      run: async () => (await eachSettledInvoice(scope, paymentQuerySchema.parse({ side }), { now: NOW }).next()).value,
    },
  ];
}
