import "server-only";
import { z } from "zod";
import type { BusinessScope } from "@/features/businesses/scope";
import type { PaymentPage, PaymentQuery } from "@/features/payments/api";
import {
  isUndelivered,
  lineConditions,
  type PaymentSearch,
  paymentConditions,
  paymentOrder,
  paymentSearch,
} from "@/features/payments/filters";
import { PAYMENT_COLUMNS, type PaymentRow, paymentRow } from "@/features/payments/row";
import { standing, standingColumns, standingOf, toStanding } from "@/features/payments/standing";
import { books } from "@/lib/db";
import { Prisma } from "@/lib/generated/prisma/client";
import { COUNT_LIMIT, SORT_LIMIT } from "@/lib/http/list-query";
import { KEPT_PLAN } from "@/lib/kept-plans";
import { type KeysetPage, keysetPage, type PageRows } from "@/lib/keyset";
import { ZERO } from "@/lib/money";
import { SEARCH_LIMITS } from "@/lib/search-limits";
import { countOfCommon, searchEitherWay } from "@/lib/search-ways";

/* Pages of payments. Searches: lib/search-ways.ts; a payment is found by the words on its lines, or by its amount. */

const rows = z.array(paymentRow);
const countRow = z.tuple([z.object({ count: z.number(), ...standingColumns })]);

type Totals = PaymentPage["totals"];
type Found = PageRows<PaymentRow>;

const EMPTY: Found = { rows: [], nextCursor: null, previousCursor: null };
const NONE: Totals = {
  count: 0,
  countIsMinimum: false,
  standing: { count: 0, netPaise: ZERO, totalPaise: ZERO },
};

interface List {
  scope: BusinessScope;
  where: Prisma.Sql;
  /** Begins the SQL of a list that isn't narrowed: its plan is the same for every business. */
  plan: Prisma.Sql;
  page: KeysetPage;
  finish: (found: PaymentRow[]) => Found;
  /** Of statuses that few payments have. */
  isOfFew: boolean;
  /** Those few narrowed or sorted as no index has them. */
  isSparse: boolean;
  /** As `where`, as far as the payments' lines know. */
  whereOfLines: Prisma.Sql;
  /** They know all of it. */
  isOnLines: boolean;
}

function listOf(scope: BusinessScope, query: PaymentQuery, now: Date): List {
  const { order, keyOf } = paymentOrder(query.sort);
  const page = keysetPage(query.sort, order, query);
  const { status = [], todo, counterparty, utr, from, to } = query;
  const byStatusAlone = (todo ?? counterparty ?? utr ?? from ?? to) === undefined;
  const isOfFew = todo !== undefined || (status.length > 0 && !status.includes("ACCEPTED"));
  return {
    scope,
    where: paymentConditions(scope, query, now),
    whereOfLines: lineConditions(scope, query),
    isOnLines: (status[0] ?? todo ?? counterparty ?? utr) === undefined,
    plan: byStatusAlone && status.length === 0 ? KEPT_PLAN : Prisma.empty,
    page,
    finish: (found) => page.finish(found, keyOf),
    isOfFew,
    isSparse: isOfFew && !(byStatusAlone && query.sort.endsWith("createdAt")),
  };
}

/** Payments with their first invoice numbers; `source` is a SELECT of all of a payment's columns, `order` an ORDER BY. */
export async function readPayments(
  scope: BusinessScope,
  source: Prisma.Sql,
  { order, plan }: { order: Prisma.Sql; plan: Prisma.Sql },
): Promise<PaymentRow[]> {
  const found = await books(scope).$queryRaw`${plan}
    SELECT ${Prisma.raw(PAYMENT_COLUMNS)}, ${isUndelivered(scope)} AS undelivered, "invoiceNumbers", "invoiceCount"
      FROM (${source}) payment
     CROSS JOIN LATERAL (
           SELECT coalesce((array_agg(invoice.supplier_invoice_number ORDER BY payment_line.position))[1:3], '{}') AS "invoiceNumbers",
                  count(*)::int AS "invoiceCount"
             FROM payment_line JOIN invoice ON invoice.business_id = payment_line.business_id
                                           AND invoice.id = payment_line.invoice_id
            WHERE payment_line.business_id = ${scope.businessId}::uuid
              AND payment_line.payment_object_id = payment.object_id) lines
     ${order}`;
  return rows.parse(found);
}

const read = ({ scope, page, plan }: List, source: Prisma.Sql) => readPayments(scope, source, { ...page, plan });

async function readThese(list: List, ids: readonly string[]): Promise<PaymentRow[]> {
  if (ids.length === 0) return [];
  const own = Prisma.sql`business_id = ${list.scope.businessId}::uuid AND object_id = ANY(${ids})`;
  return read(list, Prisma.sql`SELECT * FROM payment WHERE ${own}`);
}

/**
 * Ids first: `payment_made_idx` has all that a list by time asks of them. A year's payments in the order of their coming may lie behind
 * those of other years, and going through these in the table takes ten times as long.
 */
async function pageOf(list: List): Promise<Found> {
  const { scope, where, page, finish } = list;
  const ids = Prisma.sql`SELECT object_id FROM payment WHERE ${where}${page.after} ${page.orderAndLimit}`;
  const source = Prisma.sql`SELECT * FROM payment WHERE business_id = ${scope.businessId}::uuid AND object_id = ANY(ARRAY(${ids}))`;
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
    WITH few AS MATERIALIZED (
      SELECT object_id, created_at, paid_at, status, net, total FROM payment WHERE ${where} LIMIT ${SORT_LIMIT + 1})
    SELECT counted.*, standing.*, ARRAY(SELECT object_id FROM few WHERE TRUE${page.after} ${page.orderAndLimit}) AS ids
      FROM (SELECT count(*)::int AS hits, count(*)::int AS count FROM few) counted, ${standing(Prisma.sql`few`)}`;
  const [{ count, ids, ...sums }] = foundRow.parse(result);
  if (count > SORT_LIMIT) return null;
  const totals = { count, countIsMinimum: false, standing: toStanding(sums) };
  return { found: finish(await readThese(list, ids)), totals };
}

/** Amounts are added up of no more than are counted: PostgreSQL doesn't begin with more. */
async function totalsOf({ scope, where, plan }: List): Promise<Totals> {
  const found = await books(scope).$queryRaw`${plan}
    SELECT * FROM (SELECT count(*)::int AS count FROM (SELECT 1 FROM payment WHERE ${where} LIMIT ${COUNT_LIMIT + 1}) first) counted,
           ${standing(Prisma.sql`payment`, Prisma.sql`${where} AND counted.count <= ${COUNT_LIMIT}`)}`;
  const [{ count, ...sums }] = countRow.parse(found);
  if (count > COUNT_LIMIT) return { count: COUNT_LIMIT, countIsMinimum: true, standing: null };
  return { count, countIsMinimum: false, standing: toStanding(sums) };
}

/** Payments' lines as if they were payments: a line has what its payment is sorted and narrowed by. */
const LINES = Prisma.raw(`(
  SELECT business_id, payment_object_id AS object_id, side, made_at AS created_at, paid_at, payment_total AS total, search
    FROM payment_line) payment`);

/** What is searched, one several times, by id and what the list is sorted by: of each kind `most` and one at most, from its own index. */
function hitsOf({ where, whereOfLines, page }: List, { words, amount }: PaymentSearch, most: number): Prisma.Sql {
  const hits = (from: Prisma.Sql) => Prisma.sql`(SELECT object_id, ${page.column} FROM ${from} LIMIT ${most + 1})`;
  const kinds = [
    ...(words ? [hits(Prisma.sql`${LINES} WHERE ${whereOfLines}${words}`)] : []),
    ...(amount === null
      ? []
      : [
          hits(Prisma.sql`payment WHERE ${where} AND total = ${amount}`),
          hits(Prisma.sql`payment WHERE ${where} AND net = ${amount} AND adjustment > 0`),
        ]),
  ];
  return Prisma.join(kinds, " UNION ALL ");
}

const lookedRow = z.tuple([z.object({ seen: z.number().nullable(), ids: z.array(z.string()) })]);
const countedRow = z.tuple([z.object({ seen: z.number(), count: z.number(), ...standingColumns })]);
const foundRow = z.tuple([
  z.object({ hits: z.number(), count: z.number(), ids: z.array(z.string()), ...standingColumns }),
]);

/** The page and the count of a search that hits `most` lines and payments at most; null when it hits more. */
async function lookUp(
  list: List,
  search: PaymentSearch,
  most: number,
): Promise<{ found: Found; totals: Totals } | null> {
  const { scope, where, page, finish, isOnLines } = list;
  // What a line doesn't know, each payment is asked by its key (OFFSET 0). Left to itself PostgreSQL may read all of the business's.
  const isListed = isOnLines
    ? Prisma.empty
    : Prisma.sql` AND EXISTS (SELECT FROM payment WHERE ${where} AND payment.object_id = hit.object_id OFFSET 0)`;
  const result = await books(scope).$queryRaw`
    WITH hit AS MATERIALIZED (${hitsOf(list, search, most)}),
    found AS MATERIALIZED (
      SELECT * FROM (SELECT DISTINCT * FROM hit) hit WHERE (SELECT count(*) FROM hit) <= ${most}${isListed})
    SELECT (SELECT count(*)::int FROM hit) AS hits, (SELECT count(*)::int FROM found) AS count, standing.*,
           ARRAY(SELECT object_id FROM found WHERE TRUE${page.after} ${page.orderAndLimit}) AS ids
      FROM ${standingOf(scope, Prisma.sql`found`)}`;
  const [{ hits, count, ids, ...sums }] = foundRow.parse(result);
  if (hits > most) return null;
  const totals = { count, countIsMinimum: false, standing: count > SEARCH_LIMITS.summed ? null : toStanding(sums) };
  return { found: finish(await readThese(list, ids)), totals };
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

/**
 * The page among the list's next `most` rows, and how many hits those have; null when they don't fill the page and there are more rows. It looks
 * no further than the page's last row, and counts the list only where the page isn't full.
 */
async function lookThrough(
  list: List,
  search: PaymentSearch,
  most: number,
): Promise<{ found: Found | null; hits: number }> {
  const { scope, where, page, finish } = list;
  const ahead = Prisma.sql`SELECT object_id, ${page.column}${amountsOf(search)} FROM payment WHERE ${where}${page.after}`;
  const result = await books(scope).$queryRaw`
    WITH page AS MATERIALIZED (
      SELECT object_id FROM (${ahead} ${page.order} LIMIT ${most}) payment WHERE ${isHit(scope, search)} ${page.orderAndLimit})
    SELECT CASE WHEN (SELECT count(*) FROM page) < ${page.rows} THEN (SELECT count(*)::int FROM (${ahead} LIMIT ${most}) seen) END
             AS seen, ARRAY(SELECT object_id FROM page) AS ids`;
  const [{ seen, ids }] = lookedRow.parse(result);
  return { found: seen === most ? null : finish(await readThese(list, ids)), hits: ids.length };
}

/** How many a common word finds, counted among the list's first; added up where that is the whole list. */
async function countOfMany({ scope, where, page }: List, search: PaymentSearch, found: Found): Promise<Totals> {
  const most = SEARCH_LIMITS.counted;
  const result = await books(scope).$queryRaw`
    WITH seen AS MATERIALIZED (SELECT object_id${amountsOf(search)} FROM payment WHERE ${where} ${page.order} LIMIT ${most + 1}),
    hits AS MATERIALIZED (SELECT object_id FROM seen payment WHERE ${isHit(scope, search)})
    SELECT (SELECT count(*)::int FROM seen) AS seen, (SELECT count(*)::int FROM hits) AS count, standing.*
      FROM ${standingOf(scope, Prisma.sql`hits`)}`;
  const [{ seen, count, ...sums }] = countedRow.parse(result);
  const isWhole = seen <= most && count <= SEARCH_LIMITS.summed;
  return { ...countOfCommon(count, seen <= most, found), standing: isWhole ? toStanding(sums) : null };
}

/**
 * The page of a search, and its count where it came with it. Lists of few are looked through before any word is looked up: mostly that is
 * all of the list, and the index would gather what all of the business's payments have.
 */
function searchIn(list: List, search: PaymentSearch) {
  const { common, lookedUp, lookedUpWhole } = SEARCH_LIMITS;
  return searchEitherWay({
    lookThrough: (most) => lookThrough(list, search, most),
    lookUp: (most) => lookUp(list, search, most),
    ...(list.isOnLines
      ? { lookedUp: lookedUpWhole, common }
      : { lookedUp, common: list.isOfFew ? 0 : Number.POSITIVE_INFINITY }),
  });
}

/** One page, and how many there are on all. @throws AppError INVALID for a cursor of another list. */
export async function findPayments(
  scope: BusinessScope,
  query: PaymentQuery,
  now: Date,
): Promise<{ found: Found; totals: Totals }> {
  const list = listOf(scope, query, now);
  if (!query.q) {
    const few = await listFew(list);
    if (few) return few;
    const [found, totals] = await Promise.all([pageOf(list), totalsOf(list)]);
    return { found, totals };
  }
  const search = paymentSearch(query.q);
  if (!search.words && search.amount === null) return { found: EMPTY, totals: NONE };
  const { found, totals } = await searchIn(list, search);
  return { found, totals: totals ?? (await countOfMany(list, search, found)) };
}

/** One page without the count, for what goes through all pages. */
export async function findPaymentPage(scope: BusinessScope, query: PaymentQuery, now: Date): Promise<Found> {
  const list = listOf(scope, query, now);
  if (!query.q) return (await listFew(list))?.found ?? (await pageOf(list));
  const search = paymentSearch(query.q);
  return search.words || search.amount !== null ? (await searchIn(list, search)).found : EMPTY;
}
