import { type ActivityQueryInput, activityQuerySchema } from "@/features/activity/api";
import { eachActivity, listActivity, listActors } from "@/features/activity/data";
import { getAgeing } from "@/features/ageing/data";
import { AGEING_SORTS, ageingQuerySchema } from "@/features/ageing/schema";
import { getCounterparty, listCounterparties } from "@/features/counterparties/data";
import { getHome } from "@/features/home/data";
import { listInvoiceChanges } from "@/features/invoices/changes";
import { eachInvoice, getInvoice, listInvoices } from "@/features/invoices/data";
import { INVOICE_SORTS, type InvoiceQueryInput, invoiceQuerySchema } from "@/features/invoices/schema";
import { exportLedger, getLedger } from "@/features/ledger/data";
import { ledgerQuerySchema } from "@/features/ledger/schema";
import {
  PAYMENT_SORTS,
  PAYMENT_STATUSES,
  PAYMENT_TODOS,
  type PaymentQueryInput,
  paymentQuerySchema,
} from "@/features/payments/api";
import { listPaymentChanges } from "@/features/payments/changes";
import { findByUtr, getPayment, listPayments } from "@/features/payments/data";
import { eachPayment, eachSettledInvoice } from "@/features/payments/export";
import { INVOICE_STATUSES } from "@/features/protocol/status-words";
import { NOW } from "./fill-sql";
import type { Firm, InvoiceSample, PaymentSample } from "./firm";

/** One way in which people or programs read the books. `run` is the app's own function, with the i-th question of its kind. */
export interface ReadCase {
  name: string;
  group: "invoices" | "payments" | "search" | "parties" | "home" | "activity" | "changes" | "details" | "exports";
  run: (i: number) => Promise<unknown>;
}

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

function invoiceCases({ scope, invoices, parties }: Firm): ReadCase[] {
  const { side, sample } = invoices;
  const at = (i: number) => sample[i % sample.length] as Sample;
  const list = (input: Partial<InvoiceQueryInput>) =>
    listInvoices(scope, invoiceQuerySchema.parse({ side, ...input }), NOW);
  const { one, lastPage } = casesOf<InvoiceQueryInput>("invoices", list);
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
      name: "invoices exported, first 500",
      group: "exports",
      run: async () => (await eachInvoice(scope, invoiceQuerySchema.parse({ side }), NOW).next()).value,
    },
  ];
}

function paymentCases({ scope, invoices, payments, parties }: Firm): ReadCase[] {
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

function activityCases({ scope }: Firm): ReadCase[] {
  const list = (input: ActivityQueryInput) => listActivity(scope, activityQuerySchema.parse(input));
  const one = (name: string, input: (i: number) => ActivityQueryInput): ReadCase => ({
    name: `activity ${name}`,
    group: "activity",
    run: (i) => list(input(i)),
  });
  const day = (i: number) => `2026-05-${10 + (i % 20)}`;
  return [
    one("first page", () => ({})),
    {
      name: "activity second page",
      group: "activity",
      run: async () => list({ cursor: (await list({})).nextCursor ?? undefined }),
    },
    one("of people", () => ({ by: "people" })),
    one("of API keys", () => ({ by: "api-keys" })),
    one("of one person", () => ({ by: "01a20073-2fd8-74de-a58f-e075ee3dc6a6" })),
    { name: "activity by whom", group: "activity", run: () => listActors(scope) },
    one("about access", () => ({ about: "access" })),
    one("of a day", (i) => ({ from: day(i), to: day(i) })),
    one("of people of a day", (i) => ({ by: "people", from: day(i), to: day(i) })),
    {
      name: "activity exported, first 500",
      group: "exports",
      run: async () => (await eachActivity(scope, {}).next()).value,
    },
  ];
}

/** What another system asks again and again, to be in step. */
function changesCases({ scope, events, invoices, payments }: Firm): ReadCase[] {
  const placeOf = (place: object) => Buffer.from(JSON.stringify(place)).toString("base64url");
  const at = <T>(sample: readonly T[], i: number) => sample[i % sample.length] as T;
  const kinds = {
    invoices: { list: listInvoiceChanges, idAt: (i: number) => at(invoices.sample, i).id },
    payments: { list: listPaymentChanges, idAt: (i: number) => at(payments.sample, i).objectId },
  };
  return Object.entries(kinds).flatMap(([of, { list, idAt }]) => {
    const ask = (since?: string) => list(scope, { since, limit: 100 }, NOW);
    const one = (name: string, sinceAt: (i: number) => string | undefined): ReadCase => ({
      name: `changes of ${of}, ${name}`,
      group: "changes",
      run: (i) => ask(sinceAt(i)),
    });
    const last = async () => {
      const { next } = await ask();
      return placeOf({ ...JSON.parse(Buffer.from(next, "base64url").toString()), given: null });
    };
    let known: Promise<string> | undefined;
    return [
      one("all, first page", () => undefined),
      one("all, any page", (i) => placeOf({ of, mark: at(events, i), given: idAt(i) })),
      one("since any", (i) => placeOf({ of, mark: at(events, i), given: null })),
      one("since the very first", () => placeOf({ of, mark: null, given: null })),
      {
        name: `changes of ${of}, none since`,
        group: "changes",
        run: async () => {
          known ??= last();
          return ask(await known);
        },
      },
    ];
  });
}

/** The ledgers of the party with whom there is most, of one in the middle and of one with whom there is little. */
function ledgerCases({ scope, parties }: Firm): ReadCase[] {
  const busiest = parties[0] ?? "";
  return (["payable", "receivable"] as const).flatMap((side): ReadCase[] => {
    const ask = (b2bId: string, query: object) =>
      getLedger(scope, b2bId, ledgerQuerySchema.parse({ side, limit: 100, ...query }), NOW);
    const one = (name: string, run: ReadCase["run"], group: ReadCase["group"] = "parties"): ReadCase => ({
      name: `ledger, ${side}, ${name}`,
      group,
      run,
    });
    const all = { from: "2000-01-01", to: "2100-12-31" };
    const middle = new Map<object, Promise<string | undefined>>();
    const after = (period: object) => {
      const found = middle.get(period) ?? cursorInTheMiddle((query) => ask(busiest, { ...period, ...query }));
      middle.set(period, found);
      return found;
    };
    const year = { from: "2025-04-01", to: "2026-03-31" };
    return [
      one("busiest, this year", () => ask(busiest, {})),
      one("busiest, all years", () => ask(busiest, all)),
      one("busiest, last year, in its middle", async () => ask(busiest, { ...year, cursor: await after(year) })),
      one("any", (i) => ask(parties[(i * 7) % parties.length] ?? "", {})),
      one(
        "busiest, exported, first 500",
        async () => {
          const { lines } = await exportLedger(scope, busiest, ledgerQuerySchema.parse({ side, ...all }), NOW);
          return (await lines.next()).value;
        },
        "exports",
      ),
    ];
  });
}

/** The cursor of a later page, some ten pages on. */
async function cursorInTheMiddle(list: (query: object) => Promise<{ nextCursor: string | null }>) {
  let cursor: string | undefined;
  for (let pages = 0; pages < 10; pages++) cursor = (await list({ cursor })).nextCursor ?? cursor;
  return cursor;
}

/** Every read of one business's books. */
export function readCases(firm: Firm): ReadCase[] {
  const { scope, parties } = firm;
  const words = ["k", "me", "kav", "metals", "kaveri metals", "P0X17", "zzz"];
  return [
    { name: "home", group: "home", run: () => getHome(scope, NOW) },
    ...invoiceCases(firm),
    ...paymentCases(firm),
    ...activityCases(firm),
    ...changesCases(firm),
    ...ledgerCases(firm),
    ...(["payable", "receivable"] as const).flatMap((side): ReadCase[] => [
      ...AGEING_SORTS.map(
        (sort): ReadCase => ({
          name: `parties by age, ${side} by ${sort}`,
          group: "parties",
          run: () => getAgeing(scope, ageingQuerySchema.parse({ side, sort }), NOW),
        }),
      ),
      { name: `parties, ${side}`, group: "parties", run: () => listCounterparties(scope, { side }) },
      {
        name: `parties searched, ${side}`,
        group: "parties",
        run: (i) => listCounterparties(scope, { side, q: words[i % words.length] }),
      },
      {
        name: `one party, ${side}`,
        group: "parties",
        run: (i) => getCounterparty(scope, parties[i % parties.length] ?? "", side),
      },
    ]),
  ];
}
