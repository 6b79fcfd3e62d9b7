import fc from "fast-check";
import { expect, test } from "vitest";
import { answerPayment } from "@/features/confirmations/mutations/answer";
import type { InvoiceSideName } from "@/features/invoices/schema";
import type { LedgerEntry } from "@/features/ledger/api";
import { exportLedger, getLedger, type LedgerLine } from "@/features/ledger/data";
import { amountOf } from "@/features/ledger/row";
import { ledgerQuerySchema } from "@/features/ledger/schema";
import { createPayment } from "@/features/payments/mutations/create";
import { giveUp } from "@/features/payments/mutations/give-up";
import { CLAIMING } from "@/features/payments/rules";
import { addDays, dayOf, toIstDay } from "@/lib/time";
import { Carrier } from "@/prisma/demo/carrier";
import { makeBusiness, makeInvoice, paymentOf } from "@/tests/books";
import { prisma } from "@/tests/prisma";
import { type FilledBooks, fillBooks, MIDNIGHT, randomBooks } from "@/tests/random-books";
import { randomRuns } from "@/tests/random-runs";

type Scope = FilledBooks["scope"];

const ALL = { from: "2000-01-01", to: "2100-12-31" };
const read = (scope: Scope, b2bId: string, query: object, now = MIDNIGHT) =>
  getLedger(scope, b2bId, ledgerQuerySchema.parse({ limit: 100, ...query }), now);

async function whole(scope: Scope, b2bId: string, query: object): Promise<LedgerLine[]> {
  const lines: LedgerLine[] = [];
  for await (const some of (await exportLedger(scope, b2bId, ledgerQuerySchema.parse(query), MIDNIGHT)).lines)
    lines.push(...some);
  return lines;
}

interface Owed {
  day: string;
  kind: string;
  id: string;
  amount: number;
}

/** The same ledger by the rows of both tables, worked out here. */
async function modelOf(scope: Scope, b2bId: string, side: InvoiceSideName) {
  const { businessId } = scope;
  const invoices = await prisma.invoice.findMany({
    where: { businessId, counterpartyB2BId: b2bId, side: side === "payable" ? "PAYABLE" : "RECEIVABLE" },
  });
  const payments = await prisma.payment.findMany({
    where: { businessId, counterpartyB2BId: b2bId, side: side === "payable" ? "OUTGOING" : "INCOMING" },
  });
  const owed = invoices.filter(({ status }) => !["CANCELLED", "RETURNED", "REJECTED"].includes(status));
  const entries: Owed[] = [
    ...owed.map(({ id, issueDate, total }) => ({ day: dayOf(issueDate), kind: "invoice", id, amount: Number(total) })),
    ...payments
      .filter(({ status }) => status === "ACCEPTED")
      .map(({ objectId: id, paidAt, total }) => ({
        day: toIstDay(paidAt),
        kind: "payment",
        id,
        amount: -Number(total),
      })),
  ];
  const byCode = (a: string, b: string) => (a < b ? -1 : Number(a > b));
  entries.sort((a, b) => byCode(a.day, b.day) || byCode(a.kind, b.kind) || byCode(a.id, b.id));
  const waiting = payments
    .filter(({ status }) => CLAIMING.includes(status))
    .map(({ objectId, paidAt, total }) => ({ objectId, day: toIstDay(paidAt), total: Number(total) }));
  const due = owed.reduce((sum, { total, paid }) => sum + Number(total - paid), 0);
  return { entries, waiting, due };
}

const sumOf = (rows: readonly { amount: number }[]) => rows.reduce((sum, { amount }) => sum + amount, 0);
const plain = (side: InvoiceSideName) => (entry: LedgerEntry) => ({
  day: entry.day,
  kind: entry.kind,
  id: entry.id,
  amount: amountOf(entry, side),
});

/** One period of a ledger, page by page to its end and back, and as its file, against the tables' own rows. */
async function expectPeriod(scope: Scope, b2bId: string, side: InvoiceSideName, period: { from: string; to: string }) {
  const model = await modelOf(scope, b2bId, side);
  const before = sumOf(model.entries.filter(({ day }) => day < period.from));
  const within = model.entries.filter(({ day }) => day >= period.from && day <= period.to);
  const ask = { side, ...period, limit: 3 };
  let page = await read(scope, b2bId, ask);
  const [first, items] = [page, [...page.items]];
  while (page.nextCursor) {
    page = await read(scope, b2bId, { ...ask, cursor: page.nextCursor });
    expect(page.broughtForwardPaise).toBe(items.at(-1)?.balancePaise);
    items.push(...page.items);
  }
  const back = [...page.items];
  while (page.previousCursor) {
    page = await read(scope, b2bId, { ...ask, cursor: page.previousCursor });
    back.unshift(...page.items);
  }
  expect(back).toEqual(items);
  expect(items.map(plain(side))).toEqual(within);
  let balance = before;
  for (const entry of items) {
    balance += amountOf(entry, side);
    expect(entry.balancePaise).toBe(balance);
    if (!entry.payment) continue;
    const { netPaise, adjustments } = entry.payment;
    const parts = adjustments.reduce((sum, { valuePaise }) => sum + valuePaise, netPaise as number);
    expect(parts).toBe(-amountOf(entry, side));
  }
  const grows = sumOf(within.filter(({ amount }) => amount > 0));
  const [debitPaise, creditPaise] =
    side === "payable" ? [grows - sumOf(within), grows] : [grows, grows - sumOf(within)];
  expect(first.totals).toEqual({
    count: within.length,
    openingPaise: before,
    debitPaise,
    creditPaise,
    closingPaise: balance,
  });
  const waiting = model.waiting.filter(
    ({ day }) => day <= (period.to < period.from ? addDays(period.from, -1) : period.to),
  );
  expect(first.waiting).toMatchObject({
    count: waiting.length,
    totalPaise: waiting.reduce((sum, { total }) => sum + total, 0),
  });
  expect(first.waiting.items).toHaveLength(Math.min(10, waiting.length));

  const lines = await whole(scope, b2bId, { side, ...period });
  const exported = lines.flatMap((line) => (line.kind === "entry" ? [line.entry] : []));
  expect(exported).toEqual(items);
  expect(lines.filter(({ kind }) => kind === "opening" || kind === "closing")).toEqual([
    { kind: "opening", day: period.from, balancePaise: before },
    { kind: "closing", day: period.to, balancePaise: balance },
  ]);
  const told = lines.flatMap((line) => (line.kind === "waiting" ? [line.payment.objectId] : []));
  expect(told.toSorted()).toEqual(waiting.map(({ objectId }) => objectId).toSorted());
  return { opening: before, closing: balance, due: model.due };
}

const runs = randomRuns(6);
const cut = fc.constantFrom(-431, -400, -31, -2, -1, 0, 1, 8, 365);

test(
  "of any books: balances are what the rows come to, one period's end is the next one's beginning, and all of it is what is unpaid",
  async () => {
    await fc.assert(
      fc.asyncProperty(randomBooks, cut, cut, async (given, a, b) => {
        const { scope } = await fillBooks(given);
        const today = toIstDay(MIDNIGHT);
        const [first, second] = [addDays(today, Math.min(a, b)), addDays(today, Math.max(a, b))];
        for (const party of ["EKA@BCB", "DVE@BCB", "TRI@BCB"])
          for (const side of ["payable", "receivable"] as const) {
            const periods = [
              { from: ALL.from, to: first },
              { from: addDays(first, 1), to: second },
              { from: addDays(second, 1), to: ALL.to },
            ];
            let closing = 0;
            let due = 0;
            for (const period of periods) {
              const found = await expectPeriod(scope, party, side, period);
              expect(found.opening).toBe(closing);
              ({ closing, due } = found);
            }
            expect(closing).toBe(due);
          }
      }),
      { ...runs, endOnFailure: true },
    );
  },
  60_000 + 10_000 * runs.numRuns,
);

const NOW = new Date("2026-11-20T10:00:00Z");
const life = fc.record({
  invoice: fc.nat(3),
  share: fc.constantFrom(1, 7, 300, 5_000),
  tds: fc.nat(50),
  daysAgo: fc.nat(15),
  end: fc.constantFrom("accepted", "accepted", "rejected", "unanswered", "on its way", "given up"),
});

test(
  "after any lives of payments both parties' ledgers close at what is unpaid, and at the same once all is answered",
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 8 }), async (lives) => {
        const [buyer, supplier] = [await makeBusiness("Anvaya"), await makeBusiness("Kaveri")];
        const carrier = new Carrier(() => NOW, [buyer, supplier]);
        const invoices = [];
        for (const total of [100, 1_000, 10_000, 1_00_000]) invoices.push(await makeInvoice(buyer, supplier, total));
        for (const { invoice, share, tds, daysAgo, end } of lives) {
          const pair = invoices[invoice];
          if (!pair) throw new Error("no such invoice");
          const paidAt = new Date(NOW.getTime() - daysAgo * 86_400_000).toISOString();
          const request = paymentOf(supplier, [{ invoice: pair, net: share, tds }], { paidAt });
          if ((await createPayment(buyer, request, NOW)).kind !== "created" || end === "on its way") continue;
          if (end === "given up") {
            const where = { objectId: request.objectId, direction: "OUT" } as const;
            await prisma.message.updateMany({ where, data: { state: "STOPPED", nextAttemptAt: null } });
            expect(await giveUp(buyer, "OUTGOING", request.objectId, NOW)).toBe("given-up");
            continue;
          }
          await carrier.carryAll();
          if (end === "unanswered") continue;
          const response = end === "accepted" ? "ACCEPT" : "REJECT";
          const answer = { response, remarks: "Seen" } as const;
          expect(await answerPayment(supplier, request.objectId, answer, NOW)).toEqual({ kind: "answered" });
          await carrier.carryAll();
        }
        const bought = await expectPeriod(buyer, supplier.b2bId, "payable", ALL);
        const sold = await expectPeriod(supplier, buyer.b2bId, "receivable", ALL);
        expect(bought.closing).toBe(bought.due);
        expect(sold).toEqual(bought);
      }),
      { ...runs, endOnFailure: true },
    );
  },
  60_000 + 10_000 * runs.numRuns,
);
