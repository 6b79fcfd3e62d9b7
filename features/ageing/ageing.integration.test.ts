import fc from "fast-check";
import { expect, test } from "vitest";
import type { PartyAges } from "@/features/ageing/api";
import { AGEING_CSV_HEADER, ageingCsvRow } from "@/features/ageing/csv";
import { eachPartyAges, getAgeing } from "@/features/ageing/data";
import { AGEING_SORTS, type AgeingQueryInput, type AgeingSort, ageingQuerySchema } from "@/features/ageing/schema";
import { listInvoices } from "@/features/invoices/data";
import { createInvoice } from "@/features/invoices/mutations/create";
import { dueOf, isPayable } from "@/features/invoices/rules";
import { type InvoiceSideName, invoiceQuerySchema } from "@/features/invoices/schema";
import { LARGEST_SUM } from "@/lib/money";
import { daysBetween, toIstDay } from "@/lib/time";
import { makeBusiness } from "@/tests/books";
import { billOf, TODAY } from "@/tests/invoices";
import { type FilledBooks, fillBooks, MIDNIGHT, randomBooks } from "@/tests/random-books";

const asked = (input: AgeingQueryInput) => ageingQuerySchema.parse(input);
const told = (amounts: readonly number[]) =>
  Math.min(
    amounts.reduce((sum, amount) => sum + amount, 0),
    LARGEST_SUM,
  );

/** What is due with each party and how old it is, worked out one invoice at a time. */
function expected({ invoices }: FilledBooks, side: InvoiceSideName) {
  const due = invoices
    .filter((one) => one.side.toLowerCase() === side && isPayable(one) && dueOf(one) > 0)
    .map((one) => ({ party: one.party, amount: dueOf(one), late: daysBetween(one.dueDate, toIstDay(MIDNIGHT)) }));
  const sumsOf = (of: typeof due) => {
    const sum = (from: number, to: number) =>
      told(of.filter(({ late }) => late >= from && late <= to).map(({ amount }) => amount));
    return {
      count: of.length,
      notDuePaise: sum(Number.NEGATIVE_INFINITY, 0),
      late1To30Paise: sum(1, 30),
      late31To60Paise: sum(31, 60),
      late61To90Paise: sum(61, 90),
      lateOver90Paise: sum(91, Number.POSITIVE_INFINITY),
      overduePaise: sum(1, Number.POSITIVE_INFINITY),
      duePaise: sum(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
    };
  };
  const names = [...new Set(due.map(({ party }) => party))];
  const parties = names.map((name) => ({
    counterparty: { b2bId: name, name },
    ...sumsOf(due.filter(({ party }) => party === name)),
  }));
  return { parties, totals: { parties: parties.length, ...sumsOf(due) } };
}

const KEYS: Record<string, (ages: PartyAges) => number | string> = {
  overdue: (ages) => ages.overduePaise,
  due: (ages) => ages.duePaise,
  counterparty: (ages) => ages.counterparty.name,
};

function expectOrder(items: readonly PartyAges[], sort: AgeingSort) {
  const keys = items.map((item) => KEYS[sort.replace("-", "")]?.(item) ?? "");
  const sorted = keys.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  expect(keys).toEqual(sort.startsWith("-") ? sorted.reverse() : sorted);
}

/** All pages to the last one and back, each with the same sums. */
async function walk({ scope }: FilledBooks, input: AgeingQueryInput) {
  const query = asked({ ...input, limit: 1 });
  let page = await getAgeing(scope, query, MIDNIGHT);
  const { totals } = page;
  const items = [...page.items];
  while (page.nextCursor) {
    page = await getAgeing(scope, { ...query, cursor: page.nextCursor }, MIDNIGHT);
    expect(page.totals).toEqual(totals);
    items.push(...page.items);
  }
  const back = [...page.items];
  while (page.previousCursor) {
    page = await getAgeing(scope, { ...query, cursor: page.previousCursor }, MIDNIGHT);
    back.unshift(...page.items);
  }
  expect(back).toEqual(items);
  return { items, totals };
}

const byParty = (items: readonly PartyAges[]) =>
  items.toSorted((a, b) => (a.counterparty.b2bId < b.counterparty.b2bId ? -1 : 1));

test("each party's ages, the sums, the pages, the export and the lists agree to the paisa", async () => {
  await fc.assert(
    fc.asyncProperty(randomBooks, async (given) => {
      const books = await fillBooks(given);
      for (const side of ["payable", "receivable"] as const) {
        const { parties, totals } = expected(books, side);
        for (const sort of AGEING_SORTS) {
          const found = await walk(books, { side, sort });
          expect(byParty(found.items)).toEqual(byParty(parties));
          expect(found.totals).toEqual(totals);
          expectOrder(found.items, sort);
          const exported: PartyAges[] = [];
          for await (const some of eachPartyAges(books.scope, { side, sort }, MIDNIGHT)) exported.push(...some);
          expect(exported).toEqual(found.items);
        }
        for (const [due, sum] of [
          ["open", totals.duePaise],
          ["overdue", totals.overduePaise],
        ] as const) {
          const list = await listInvoices(books.scope, invoiceQuerySchema.parse({ side, due }), MIDNIGHT);
          expect(list.totals.duePaise).toBe(sum);
        }
      }
    }),
    { numRuns: Number(process.env.RUNS ?? 4) },
  );
}, 120_000);

test("the day that the ages are counted to is India's", async () => {
  const { scope } = await fillBooks({ invoices: [], payments: [] });
  const { asOf, items, totals } = await getAgeing(scope, asked({ side: "payable" }), MIDNIGHT);
  expect({ asOf, items }).toEqual({ asOf: "2026-04-01", items: [] });
  expect(totals).toMatchObject({ parties: 0, count: 0, duePaise: 0 });
});

test("a business reads its own books, and of one side", async () => {
  const [buyer, other] = [await makeBusiness("Anvaya"), await makeBusiness("Bodhi")];
  await createInvoice(buyer, billOf({ b2bId: "PIPES@BCB" }, { side: "payable" }), TODAY);
  const due = async (scope: typeof buyer, side: InvoiceSideName) =>
    (await getAgeing(scope, asked({ side }), TODAY)).items.map(({ counterparty }) => counterparty.b2bId);
  expect(await due(buyer, "payable")).toEqual(["PIPES@BCB"]);
  expect(await due(buyer, "receivable")).toEqual([]);
  expect(await due(other, "payable")).toEqual([]);
});

test("a cursor of another order is refused", async () => {
  const { scope } = await fillBooks({ invoices: [], payments: [] });
  const cursor = Buffer.from(JSON.stringify({ sort: "-due", back: false, value: "1", id: "A@BCB" })).toString(
    "base64url",
  );
  await expect(getAgeing(scope, asked({ side: "payable", sort: "-overdue", cursor }))).rejects.toMatchObject({
    code: "INVALID",
    fields: [{ path: "cursor" }],
  });
  await expect(getAgeing(scope, asked({ side: "payable", sort: "-due", cursor }))).resolves.toMatchObject({
    items: [],
  });
});

test("a line of the export has every age in rupees", () => {
  const line = ageingCsvRow({
    counterparty: { b2bId: "PIPES@BCB", name: "=Pipes" },
    count: 3,
    notDuePaise: 1,
    late1To30Paise: 200,
    late31To60Paise: 0,
    late61To90Paise: 1_00_000_00,
    lateOver90Paise: 50,
    overduePaise: 1_00_002_50,
    duePaise: 1_00_002_51,
  });
  expect(Object.fromEntries(AGEING_CSV_HEADER.map((name, at) => [name, line[at]]))).toEqual({
    Party: "=Pipes",
    "Party's B2B ID": "PIPES@BCB",
    "Invoices due": 3,
    "Not due yet (₹)": "0.01",
    "1–30 days late (₹)": "2.00",
    "31–60 days late (₹)": "0.00",
    "61–90 days late (₹)": "100000.00",
    "Over 90 days late (₹)": "0.50",
    "Overdue (₹)": "100002.50",
    "Due (₹)": "100002.51",
  });
});
