import { beforeAll, describe, expect, test, vi } from "vitest";
import type { BusinessScope } from "@/features/businesses/scope";
import { listInvoices } from "@/features/invoices/data";
import { INVOICE_SORTS, invoiceQuerySchema } from "@/features/invoices/schema";
import { PAYMENT_SORTS, paymentQuerySchema } from "@/features/payments/api";
import { listPayments } from "@/features/payments/data";
import { createPayment } from "@/features/payments/mutations/create";
import { makeBusiness, makeInvoice, paymentOf } from "@/tests/books";
import { NOW } from "@/tests/gateway";
import { prisma } from "@/tests/prisma";

// The limits that decide how a search is answered, so small that thirty rows reach all of its ways.
vi.mock("@/lib/search-limits", () => ({
  SEARCH_LIMITS: { firstLook: 4, lookedUp: 4, lookedUpWhole: 6, common: 3, lookedThrough: 12, counted: 8, summed: 5 },
}));

/*
 * A search is answered in several ways (lib/search-ways.ts). Whichever it is, all its pages together are what the whole list has
 * of the words, in the list's order, forth and back.
 */

let buyer: BusinessScope & { name: string };

beforeAll(async () => {
  buyer = await makeBusiness("Anvaya");
  const [kaveri, tapi] = [await makeBusiness("Kaveri"), await makeBusiness("Tapi")];
  for (let i = 0; i < 30; i++) {
    const supplier = i % 3 === 0 ? kaveri : tapi;
    const invoice = await makeInvoice(buyer, supplier, 1000 + (i % 4) * 100);
    // "early" comes first and never again, "late" only at the end, "rare" twice.
    const word = i < 10 ? "early" : i > 20 ? "late" : "middle";
    await prisma.invoice.update({
      where: { businessId_id: { businessId: buyer.businessId, id: invoice.payableId } },
      data: {
        description: `${word}${i % 14 === 5 ? " rare" : ""} ${i % 5 === 0 ? "stationery" : "missionary"}`,
        dueDate: new Date(Date.UTC(2026, 10, 20 + i)),
        issueDate: new Date(Date.UTC(2026, 9, 1 + i)),
      },
    });
    const utr = `${word}${i % 14 === 5 ? "-rare" : ""}/${i % 5 === 0 ? "stationery" : "missionary"}/${i}`;
    await createPayment(
      buyer,
      paymentOf(supplier, [{ invoice, net: 500 }], {
        utr,
        paidAt: `2026-10-${String(1 + i).padStart(2, "0")}T10:00:00+05:30`,
      }),
      new Date(NOW.getTime() + i * 1000),
    );
  }
});

const WORDS = ["early", "late", "middle", "rare", "kaveri", "k", "KM/", "km kaveri", "early rare", "zz", "t", "/"];
// Looked up by their last six letters: all of them, where only those may agree; and with a sign within.
const LONG_WORDS = [
  "stationery",
  "ationery",
  "xtationery",
  "MISSIONARY",
  "stationary",
  "early/missionary",
  "late/missionary",
];

interface Page {
  items: { text: string; id: string; netPaise?: number; totalPaise?: number }[];
  nextCursor: string | null;
  previousCursor: string | null;
  totals: { count: number; countIsMinimum: boolean; standing?: unknown };
}
type List = (q: string | undefined, cursor: string | undefined, limit: number) => Promise<Page>;

/** What a person would say: every word begins with it, or, from three letters on, has it somewhere. */
function has(text: string, q: string): boolean {
  const plain = ` ${text.toLowerCase().replaceAll(/[/.,_:&()-]/g, " ")} `;
  const words = q.split(" ").filter((word) => /[a-z0-9]/i.test(word));
  return (
    words.length > 0 &&
    words.every((word) => plain.includes(word.length < 3 ? ` ${word}` : word.toLowerCase().replaceAll("/", " ")))
  );
}

/** @returns whether the search says what its hits add up to */
async function compare(list: List, q: string): Promise<boolean> {
  const whole = (await list(undefined, undefined, 100)).items;
  const found = whole.filter(({ text }) => has(text, q));
  const expected = found.map(({ id }) => id);
  const forth: string[] = [];
  let page = await list(q, undefined, 3);
  const { count, countIsMinimum, standing } = page.totals;
  if (standing) {
    const sum = (of: "netPaise" | "totalPaise") => found.reduce((all, one) => all + (one[of] ?? 0), 0);
    const sums = { count: found.length, netPaise: sum("netPaise"), totalPaise: sum("totalPaise") };
    expect([q, standing]).toEqual([q, sums]);
  }
  for (;;) {
    forth.push(...page.items.map(({ id }) => id));
    if (!page.nextCursor) break;
    page = await list(q, page.nextCursor, 3);
  }
  expect([q, forth]).toEqual([q, expected]);
  const back = page.items.map(({ id }) => id);
  while (page.previousCursor) {
    page = await list(q, page.previousCursor, 3);
    back.unshift(...page.items.map(({ id }) => id));
  }
  expect([q, back]).toEqual([q, expected]);
  expect([q, countIsMinimum ? count <= expected.length : count === expected.length]).toEqual([q, true]);
  return Boolean(standing);
}

describe("every way of answering a search gives the same", () => {
  test.each(INVOICE_SORTS)("invoices by %s", async (sort) => {
    const list: List = async (q, cursor, limit) => {
      const page = await listInvoices(
        buyer,
        invoiceQuerySchema.parse({ side: "payable", sort, q, cursor, limit }),
        NOW,
      );
      const items = page.items.map(({ id, supplierInvoiceNumber, counterparty, description }) => ({
        id,
        text: `${supplierInvoiceNumber} ${counterparty.name} ${description}`,
      }));
      return { ...page, items };
    };
    for (const q of [...WORDS, ...LONG_WORDS]) await compare(list, q);
  });

  test.each(PAYMENT_SORTS)("payments by %s", async (sort) => {
    const list: List = async (q, cursor, limit) => {
      const page = await listPayments(
        buyer,
        paymentQuerySchema.parse({ side: "outgoing", sort, q, cursor, limit }),
        NOW,
      );
      const items = page.items.map(({ objectId, utr, counterparty, invoiceNumbers, netPaise, totalPaise }) => ({
        id: objectId,
        netPaise,
        totalPaise,
        text: `${utr} ${counterparty.name} ${invoiceNumbers.join(" ")}`,
      }));
      return { ...page, items };
    };
    const summed = new Set<boolean>();
    for (const q of [...WORDS, ...LONG_WORDS]) summed.add(await compare(list, q));
    // Some searches find more than is added up.
    expect(summed).toEqual(new Set([true, false]));
  });

  test("words among more payments of one UTR than are looked through first", async () => {
    const own = await makeBusiness("Malwa");
    const supplier = await makeBusiness("Kaveri");
    const [first, other] = [await makeInvoice(own, supplier, 1000), await makeInvoice(own, supplier, 1000)];
    for (let i = 0; i < 6; i++)
      await createPayment(own, paymentOf(supplier, [{ invoice: first, net: 100 }], { utr: "CASH" }), NOW);
    await createPayment(own, paymentOf(supplier, [{ invoice: other, net: 100 }], { utr: "HDFC1" }), NOW);
    const count = async (input: { q: string; utr?: string }) =>
      (await listPayments(own, paymentQuerySchema.parse({ side: "outgoing", ...input }), NOW)).items.length;
    expect([await count({ q: other.number }), await count({ q: other.number, utr: "CASH" })]).toEqual([1, 0]);
    expect(await count({ q: first.number, utr: "CASH" })).toBe(6);
  });

  test("an amount that too many payments have", async () => {
    const query = { side: "outgoing", sort: "-total", q: "5", limit: 100 } as const;
    expect((await listPayments(buyer, paymentQuerySchema.parse(query), NOW)).items).toHaveLength(30);
  });

  test("a number that is mended is found on its payments", async () => {
    const list = (q: string) => listPayments(buyer, paymentQuerySchema.parse({ side: "outgoing", q }), NOW);
    const [one] = (await list("rare")).items;
    const old = one?.invoiceNumbers[0] ?? "";
    await prisma.invoice.updateMany({
      where: { businessId: buyer.businessId, supplierInvoiceNumber: old },
      data: { supplierInvoiceNumber: "MENDED-77" },
    });
    expect((await list("mended/77")).items.map(({ objectId }) => objectId)).toEqual([one?.objectId]);
  });
});
