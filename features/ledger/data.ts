import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import type { Ledger, LedgerEntry, LedgerWaiting } from "@/features/ledger/api";
import { findLedger, findWaiting, type LedgerAsked, type LedgerSums } from "@/features/ledger/pages";
import { amountOf, toEntry, toWaiting } from "@/features/ledger/row";
import { periodOf } from "@/features/ledger/rules";
import type { LedgerFilters, LedgerQuery } from "@/features/ledger/schema";
import { books } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { eachPage } from "@/lib/keyset";
import { carryOn, type Paise } from "@/lib/money";
import { toIstDay } from "@/lib/time";

/** Payments on their way that a page shows; there is a list of them all. */
const WAITING_SHOWN = 10;

const askedOf = (b2bId: string, { side, from, to }: LedgerFilters, now: Date): LedgerAsked => ({
  side,
  b2bId,
  ...periodOf({ from, to }, toIstDay(now)),
});

function totalsOf({ side }: LedgerAsked, { count, opening, billed, settled, closing }: LedgerSums): Ledger["totals"] {
  const [debitPaise, creditPaise] = side === "payable" ? [settled, billed] : [billed, settled];
  return { count, openingPaise: opening, debitPaise, creditPaise, closingPaise: closing };
}

/**
 * One page of a party's ledger: what counts by day, with the balance after each, and what doesn't count yet. Amounts in paise.
 * @param now what days the question leaves out are of its financial year
 * @throws AppError NOT_FOUND for a party that the business doesn't know; INVALID for a cursor of another list.
 */
export async function getLedger(
  scope: BusinessScope,
  b2bId: string,
  { cursor, limit, ...filters }: LedgerQuery,
  now = new Date(),
): Promise<Ledger> {
  const asked = askedOf(b2bId, filters, now);
  const { sums, found, waiting } = await findLedger(scope, asked, { cursor, limit, waiting: WAITING_SHOWN });
  if (sums.party === null) throw notFound("party");
  const { rows, ...cursors } = found;
  return {
    counterparty: { b2bId, name: sums.party },
    from: asked.from,
    to: asked.to,
    items: rows.map((row) => toEntry(row, asked.side)),
    ...cursors,
    broughtForwardPaise: rows[0]?.brought ?? sums.opening,
    totals: totalsOf(asked, sums),
    waiting: {
      count: sums.waitingCount,
      totalPaise: sums.waitingTotal,
      items: waiting.map((row) => toWaiting(row, asked.side)),
    },
  };
}

/** One line of a ledger's file; balances in paise, as of `Ledger`. */
export type LedgerLine =
  | { kind: "opening" | "closing"; day: string; balancePaise: Paise }
  | { kind: "entry"; entry: LedgerEntry }
  | { kind: "waiting"; payment: LedgerWaiting };

/** A ledger to be written to a file. */
export interface WholeLedger extends LedgerAsked {
  party: string;
  lines: AsyncGenerator<LedgerLine[]>;
}

/**
 * A party's whole ledger, some lines at a time, for an export: from its opening to its closing balance, then what doesn't count yet.
 * @throws AppError NOT_FOUND for a party that the business doesn't know.
 */
export async function exportLedger(
  scope: BusinessScope,
  b2bId: string,
  filters: LedgerFilters,
  now = new Date(),
): Promise<WholeLedger> {
  const asked = askedOf(b2bId, filters, now);
  const party = await books(scope).counterparty.findUnique({
    where: { businessId_b2bId: { businessId: scope.businessId, b2bId } },
    select: { name: true },
  });
  if (!party) throw notFound("party");
  return { ...asked, party: party.name, lines: eachLine(scope, asked) };
}

/**
 * Balances are carried on from line to line: a payment that is confirmed while the file is written changes none that stands in it
 * already, and the last one is what the lines above come to.
 */
async function* eachLine(scope: BusinessScope, asked: LedgerAsked): AsyncGenerator<LedgerLine[]> {
  let balance: Paise | null = null;
  const entries = eachPage(async (page) => {
    const { sums, found } = await findLedger(scope, asked, { ...page, waiting: 0 });
    return { opening: sums.opening, ...found };
  });
  for await (const { opening, rows } of entries) {
    const lines: LedgerLine[] = balance === null ? [{ kind: "opening", day: asked.from, balancePaise: opening }] : [];
    balance ??= opening;
    for (const entry of rows.map((row) => toEntry(row, asked.side))) {
      balance = carryOn(balance, amountOf(entry, asked.side));
      lines.push({ kind: "entry", entry: { ...entry, balancePaise: balance } });
    }
    yield lines;
  }
  if (balance !== null) yield [{ kind: "closing", day: asked.to, balancePaise: balance }];
  for await (const { rows } of eachPage((page) => findWaiting(scope, asked, page)))
    yield rows.map((row) => ({ kind: "waiting", payment: toWaiting(row, asked.side) }));
}
