import "server-only";
import { z } from "zod";
import type { BusinessScope } from "@/features/businesses/scope";
import type { PaymentPage, PaymentQuery } from "@/features/payments/api";
import { type PaymentSearch, paymentConditions, paymentOrder, paymentSearch } from "@/features/payments/filters";
import { PAYMENT_COLUMNS, type PaymentRow, paymentRow } from "@/features/payments/row";
import { books } from "@/lib/db";
import { Prisma } from "@/lib/generated/prisma/client";
import { COUNT_LIMIT, LOOKED_THROUGH, SEARCH_LIMIT } from "@/lib/http/list-query";
import { type KeysetPage, keysetPage } from "@/lib/keyset";

/*
 * Pages of payments. A search is answered in one of two ways, as of invoices (features/invoices/pages.ts): up to SEARCH_LIMIT
 * payments are looked up by the words on their lines or by their amount, and sorted; where there are more, the list is looked through
 * in its own order until a page is full, which is soon; and where it isn't, all that have the words are sorted after all.
 */

/** As good as no limit, for a page that lies far behind in the list: a month's numbers, say, of years ago. */
const ALL = 1_000_000;

const rows = z.array(paymentRow);
const countRow = z.tuple([z.object({ count: z.number() })]);

type Totals = PaymentPage["totals"];
interface Found {
  rows: PaymentRow[];
  nextCursor: string | null;
  previousCursor: string | null;
}

const EMPTY: Found = { rows: [], nextCursor: null, previousCursor: null };
const NONE: Totals = { count: 0, countIsMinimum: false };

interface List {
  scope: BusinessScope;
  where: Prisma.Sql;
  page: KeysetPage;
  finish: (found: PaymentRow[]) => Found;
  isFirstPage: boolean;
  /** Of statuses that few payments have, narrowed or sorted as no index has those few. */
  isSparse: boolean;
}

function listOf(scope: BusinessScope, query: PaymentQuery): List {
  const { order, keyOf } = paymentOrder(query.sort);
  const page = keysetPage(query.sort, order, query);
  const { status = [], counterparty, from, to } = query;
  const byStatusAlone = (counterparty ?? from ?? to) === undefined && query.sort.endsWith("createdAt");
  return {
    scope,
    where: paymentConditions(scope, query),
    page,
    finish: (found) => page.finish(found, keyOf),
    isFirstPage: query.cursor === undefined,
    isSparse: status.length > 0 && !status.includes("ACCEPTED") && !byStatusAlone,
  };
}

/** The page's rows with their first invoice numbers; `source` is what comes after FROM, and is called payment. */
async function read({ scope, page }: List, source: Prisma.Sql): Promise<PaymentRow[]> {
  const found = await books(scope).$queryRaw`
    SELECT ${Prisma.raw(PAYMENT_COLUMNS)}, "invoiceNumbers", "invoiceCount"
      FROM ${source}
     CROSS JOIN LATERAL (
           SELECT coalesce((array_agg(invoice.supplier_invoice_number ORDER BY payment_line.position))[1:3], '{}') AS "invoiceNumbers",
                  count(*)::int AS "invoiceCount"
             FROM payment_line JOIN invoice ON invoice.business_id = payment_line.business_id
                                           AND invoice.id = payment_line.invoice_id
            WHERE payment_line.business_id = ${scope.businessId}::uuid
              AND payment_line.payment_object_id = payment.object_id) lines
     ${page.order}`;
  return rows.parse(found);
}

async function readThese(list: List, ids: readonly string[]): Promise<PaymentRow[]> {
  if (ids.length === 0) return [];
  const own = Prisma.sql`business_id = ${list.scope.businessId}::uuid AND object_id = ANY(${ids})`;
  return read(list, Prisma.sql`(SELECT * FROM payment WHERE ${own}) payment`);
}

/**
 * Ids first: `payment_made_idx` has all that a list by time asks of them. A year's payments in the order of their coming may lie behind
 * those of other years, and going through these in the table takes ten times as long.
 */
async function pageOf(list: List): Promise<Found> {
  const { scope, where, page, finish } = list;
  const ids = Prisma.sql`SELECT object_id FROM payment WHERE ${where}${page.after} ${page.orderAndLimit}`;
  const source = Prisma.sql`(SELECT * FROM payment WHERE business_id = ${scope.businessId}::uuid AND object_id = ANY(ARRAY(${ids}))) payment`;
  return finish(await read(list, source));
}

/**
 * The page and the count of a list that few payments are in, all of which are found by their status and sorted: going through all
 * payments in the list's order until enough of those few have come by takes ten times as long. Null when there are many, which come by
 * soon, or when the list isn't of such a kind.
 */
async function listFew(list: List): Promise<{ found: Found; totals: Totals } | null> {
  const { scope, where, page, finish, isSparse } = list;
  if (!isSparse) return null;
  const result = await books(scope).$queryRaw`
    WITH few AS MATERIALIZED (SELECT object_id, ${page.column} FROM payment WHERE ${where} LIMIT ${SEARCH_LIMIT + 1})
    SELECT count(*)::int AS hits, count(*)::int AS count,
           ARRAY(SELECT object_id FROM few WHERE TRUE${page.after} ${page.orderAndLimit}) AS ids
      FROM few`;
  const [{ count, ids }] = foundRow.parse(result);
  if (count > SEARCH_LIMIT) return null;
  return { found: finish(await readThese(list, ids)), totals: { count, countIsMinimum: false } };
}

async function totalsOf({ scope, where }: List): Promise<Totals> {
  const found = await books(scope).$queryRaw`
    SELECT count(*)::int AS count FROM (SELECT 1 FROM payment WHERE ${where} LIMIT ${COUNT_LIMIT + 1}) counted`;
  const [{ count }] = countRow.parse(found);
  return { count: Math.min(count, COUNT_LIMIT), countIsMinimum: count > COUNT_LIMIT };
}

/** Ids of what is searched, of either side, one several times: of each kind `most` and one at most, from its own index. */
function hitsOf(scope: BusinessScope, { words, amount }: PaymentSearch, most: number): Prisma.Sql {
  const business = Prisma.sql`business_id = ${scope.businessId}::uuid`;
  const limit = Prisma.sql`LIMIT ${most + 1}`;
  const kinds = [
    ...(words
      ? [Prisma.sql`(SELECT payment_object_id AS object_id FROM payment_line WHERE ${business}${words} ${limit})`]
      : []),
    ...(amount === null
      ? []
      : [
          Prisma.sql`(SELECT object_id FROM payment WHERE ${business} AND side IN ('OUTGOING', 'INCOMING') AND total = ${amount} ${limit})`,
          Prisma.sql`(SELECT object_id FROM payment WHERE ${business} AND net = ${amount} AND adjustment > 0 ${limit})`,
        ]),
  ];
  return Prisma.join(kinds, " UNION ALL ");
}

const foundRow = z.tuple([z.object({ hits: z.number(), count: z.number(), ids: z.array(z.string()) })]);

/** The page and the count of a search that hits `most` lines and payments at most; null when it hits more. */
async function searchFew(
  list: List,
  search: PaymentSearch,
  most: number,
): Promise<{ found: Found; totals: Totals } | null> {
  const { scope, where, page, finish } = list;
  // OFFSET 0: each payment is looked up by its key. Left to itself PostgreSQL may read all of the business's and join them.
  const result = await books(scope).$queryRaw`
    WITH hit AS MATERIALIZED (${hitsOf(scope, search, most)}),
    found AS MATERIALIZED (
      SELECT payment.* FROM (SELECT DISTINCT object_id FROM hit) hit
       CROSS JOIN LATERAL (
             SELECT payment.object_id, payment.${page.column} FROM payment
              WHERE ${where} AND payment.object_id = hit.object_id OFFSET 0) payment
       WHERE (SELECT count(*) FROM hit) <= ${most})
    SELECT (SELECT count(*)::int FROM hit) AS hits, (SELECT count(*)::int FROM found) AS count,
           ARRAY(SELECT object_id FROM found WHERE TRUE${page.after} ${page.orderAndLimit}) AS ids`;
  const [{ hits, count, ids }] = foundRow.parse(result);
  if (hits > most) return null;
  return { found: finish(await readThese(list, ids)), totals: { count, countIsMinimum: false } };
}

/**
 * Whether a payment is what is searched: looked up on its own lines, and not the other way around. PostgreSQL can't look into the CASE,
 * and a subquery that gives a value is run for each row.
 */
function isHit(scope: BusinessScope, { words, amount }: PaymentSearch): Prisma.Sql {
  const line = words
    ? Prisma.sql`(SELECT TRUE FROM payment_line WHERE payment_line.business_id = ${scope.businessId}::uuid
                     AND payment_line.payment_object_id = payment.object_id${words} LIMIT 1)`
    : Prisma.sql`FALSE`;
  const paid = amount === null ? Prisma.empty : Prisma.sql` OR ${amount}::bigint IN (net, whole)`;
  return Prisma.sql`CASE WHEN ${line}${paid} THEN TRUE ELSE FALSE END`;
}

/** The columns that isHit asks for besides the id: only of a search by amount, so that for words the order's index is enough. */
const amountsOf = ({ amount }: PaymentSearch) => (amount === null ? Prisma.empty : Prisma.sql`, net, total AS whole`);

/** The page among the next LOOKED_THROUGH of the list; null when these don't fill it, and there are more. */
async function searchMany(list: List, search: PaymentSearch): Promise<Found | null> {
  const { scope, where, page, finish } = list;
  const result = await books(scope).$queryRaw`
    WITH ahead AS MATERIALIZED (
      SELECT object_id, ${page.column}${amountsOf(search)} FROM payment WHERE ${where}${page.after} ${page.order} LIMIT ${LOOKED_THROUGH}),
    found AS (SELECT * FROM ahead payment WHERE ${isHit(scope, search)} ${page.orderAndLimit})
    SELECT (SELECT count(*)::int FROM ahead) AS hits, 0 AS count, ARRAY(SELECT object_id FROM found) AS ids`;
  const [{ hits: seen, ids }] = foundRow.parse(result);
  if (ids.length < page.rows && seen === LOOKED_THROUGH) return null;
  return finish(await readThese(list, ids));
}

/**
 * How many there are of what is found too often, by the first LOOKED_THROUGH of the list: all of them where the filters leave no more,
 * else a round number that is surely exceeded. And of these the first page, which is null when they don't fill it.
 */
async function countMany(list: List, search: PaymentSearch): Promise<{ found: Found | null; totals: Totals }> {
  const { scope, where, page, finish } = list;
  const result = await books(scope).$queryRaw`
    WITH seen AS MATERIALIZED (
      SELECT object_id, ${page.column}${amountsOf(search)} FROM payment WHERE ${where} ${page.order} LIMIT ${LOOKED_THROUGH + 1}),
    hit AS MATERIALIZED (SELECT * FROM seen payment WHERE ${isHit(scope, search)})
    SELECT (SELECT count(*)::int FROM seen) AS hits, (SELECT count(*)::int FROM hit) AS count,
           ARRAY(SELECT object_id FROM hit ${page.orderAndLimit}) AS ids`;
  const [{ hits, count, ids }] = foundRow.parse(result);
  const seenAll = hits <= LOOKED_THROUGH;
  const found = list.isFirstPage && (seenAll || ids.length === page.rows) ? finish(await readThese(list, ids)) : null;
  if (seenAll) return { found, totals: { count, countIsMinimum: false } };
  const digit = 10 ** Math.floor(Math.log10(Math.max(count, 1)));
  return { found, totals: { count: Math.floor(count / digit) * digit, countIsMinimum: true } };
}

/** One page, and how many there are on all. @throws AppError INVALID for a cursor of another list. */
export async function findPayments(
  scope: BusinessScope,
  query: PaymentQuery,
): Promise<{ found: Found; totals: Totals }> {
  const list = listOf(scope, query);
  if (!query.q) {
    const few = await listFew(list);
    if (few) return few;
    const [found, totals] = await Promise.all([pageOf(list), totalsOf(list)]);
    return { found, totals };
  }
  const search = paymentSearch(query.q);
  if (!search.words && search.amount === null) return { found: EMPTY, totals: NONE };
  const few = await searchFew(list, search, SEARCH_LIMIT);
  if (few) return few;
  const [{ found, totals }, later] = await Promise.all([
    countMany(list, search),
    list.isFirstPage ? null : searchMany(list, search),
  ]);
  const page = found ?? later;
  if (!page) return (await searchFew(list, search, ALL)) ?? { found: EMPTY, totals };
  return { found: page, totals: { ...totals, count: Math.max(totals.count, page.rows.length) } };
}

/** One page without the count, for what goes through all pages. */
export async function findPaymentPage(scope: BusinessScope, query: PaymentQuery): Promise<Found> {
  const list = listOf(scope, query);
  if (!query.q) return (await listFew(list))?.found ?? (await pageOf(list));
  const search = paymentSearch(query.q);
  if (!search.words && search.amount === null) return EMPTY;
  const few = await searchFew(list, search, SEARCH_LIMIT);
  if (few) return few.found;
  return (await searchMany(list, search)) ?? (await searchFew(list, search, ALL))?.found ?? EMPTY;
}
