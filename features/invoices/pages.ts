import "server-only";
import { z } from "zod";
import type { BusinessScope } from "@/features/businesses/scope";
import type { InvoicePage } from "@/features/invoices/api";
import { invoiceConditions, invoiceOrder, invoiceWords, OPEN } from "@/features/invoices/filters";
import { INVOICE_COLUMNS, type InvoiceRow, invoiceRow, paiseColumn, sumOfPaise } from "@/features/invoices/row";
import type { InvoiceQuery } from "@/features/invoices/schema";
import { books } from "@/lib/db";
import { Prisma } from "@/lib/generated/prisma/client";
import { COUNT_LIMIT } from "@/lib/http/list-query";
import { KEPT_PLAN } from "@/lib/kept-plans";
import { type KeysetPage, keysetPage, type PageRows } from "@/lib/keyset";
import { ZERO } from "@/lib/money";
import { SEARCH_LIMITS } from "@/lib/search-limits";
import { countOfCommon, searchEitherWay } from "@/lib/search-ways";

/*
 * Pages of invoices, and what is due on all that match. Without a search an index has every order, and with it the party and the day of
 * issue that a list is narrowed by: a page's ids are found there, and only its own rows are read.
 * Searches: lib/search-ways.ts.
 */

const rows = z.array(invoiceRow);
const totalsRow = z.tuple([z.object({ count: z.number(), due: paiseColumn })]);
const columns = Prisma.raw(INVOICE_COLUMNS);
const SUM_DUE = sumOfPaise(Prisma.sql`total - paid - pending`);

type Totals = InvoicePage["totals"];
type Found = PageRows<InvoiceRow>;

const EMPTY: Found = { rows: [], nextCursor: null, previousCursor: null };
const NONE: Totals = { count: 0, countIsMinimum: false, duePaise: ZERO };

interface List {
  scope: BusinessScope;
  where: Prisma.Sql;
  /** Begins the SQL of a list that isn't narrowed: its plan is the same for every business. */
  plan: Prisma.Sql;
  page: KeysetPage;
  finish: (found: InvoiceRow[]) => Found;
}

function listOf(scope: BusinessScope, query: InvoiceQuery, now: Date): List {
  const { order, keyOf } = invoiceOrder(query.sort);
  const page = keysetPage(query.sort, order, query);
  const { status, due, counterparty, supplierInvoiceNumber, objectId, issuedFrom, issuedTo } = query;
  const isWhole =
    (status ?? due ?? counterparty ?? supplierInvoiceNumber ?? objectId ?? issuedFrom ?? issuedTo) === undefined;
  return {
    scope,
    where: invoiceConditions(scope, query, now),
    plan: isWhole ? KEPT_PLAN : Prisma.empty,
    page,
    finish: (found) => page.finish(found, keyOf),
  };
}

async function pageOf({ scope, where, plan, page, finish }: List): Promise<Found> {
  const found = await books(scope).$queryRaw`${plan}
    SELECT ${columns} FROM invoice
     WHERE business_id = ${scope.businessId}::uuid
       AND id = ANY(ARRAY(SELECT id FROM invoice WHERE ${where}${page.after} ${page.orderAndLimit}))
     ${page.order}`;
  return finish(rows.parse(found));
}

async function totalsOf({ scope, where, plan }: List): Promise<Totals> {
  const found = await books(scope).$queryRaw`${plan}
    SELECT (SELECT count(*)::int FROM (SELECT 1 FROM invoice WHERE ${where} LIMIT ${COUNT_LIMIT + 1}) counted) AS count,
           (SELECT ${SUM_DUE} FROM invoice WHERE ${where} AND ${OPEN}) AS due`;
  const [{ count, due }] = totalsRow.parse(found);
  return { count: Math.min(count, COUNT_LIMIT), countIsMinimum: count > COUNT_LIMIT, duePaise: due };
}

const lookedRow = z.looseObject({ seen: z.number().nullable(), id: z.string().nullable() });
const countedRow = z.tuple([z.object({ seen: z.number(), count: z.number() })]);
const foundRow = z.object({ count: z.number(), due: paiseColumn, id: z.string().nullable() });

/** The page and the totals of a search that finds `most` invoices at most; null when it finds more. */
async function lookUp(
  { scope, where, page, finish }: List,
  words: Prisma.Sql,
  most: number,
): Promise<{ found: Found; totals: Totals } | null> {
  const result = z.array(foundRow.loose()).parse(
    await books(scope).$queryRaw`
      WITH found AS MATERIALIZED (
        SELECT id, ${page.column}, CASE WHEN ${OPEN} THEN total - paid - pending ELSE 0 END AS due
          FROM invoice WHERE ${where}${words} LIMIT ${most + 1})
      SELECT invoice.*, totals.count, totals.due
        FROM (SELECT count(*)::int AS count, ${sumOfPaise(Prisma.sql`due`)} AS due FROM found) totals
        LEFT JOIN (SELECT id FROM found WHERE TRUE${page.after} ${page.orderAndLimit}) chosen ON TRUE
        LEFT JOIN LATERAL (
             SELECT ${columns}, ${page.column} AS sorted FROM invoice
              WHERE business_id = ${scope.businessId}::uuid AND id = chosen.id) invoice ON TRUE
       ORDER BY sorted ${page.direction}, id ${page.direction}`,
  );
  const { count, due } = result[0] ?? { count: 0, due: ZERO };
  if (count > most) return null;
  const found = finish(rows.parse(result.filter(({ id }) => id !== null)));
  return { found, totals: { count, countIsMinimum: false, duePaise: due } };
}

/**
 * The page among the list's next `most` rows, and how many hits those have; null when they don't fill the page and there are more rows. It looks
 * no further than the page's last row, and counts the list only where the page isn't full.
 */
async function lookThrough(
  { scope, where, page, finish }: List,
  words: Prisma.Sql,
  most: number,
): Promise<{ found: Found | null; hits: number }> {
  const ahead = Prisma.sql`SELECT * FROM invoice WHERE ${where}${page.after}`;
  const result = await books(scope).$queryRaw`
    WITH page AS MATERIALIZED (
      SELECT ${columns}, ${page.column} AS sorted
        FROM (${ahead} ${page.order} LIMIT ${most}) invoice WHERE TRUE${words} ${page.orderAndLimit}),
    counted AS MATERIALIZED (SELECT count(*) AS hits FROM page)
    SELECT CASE WHEN counted.hits < ${page.rows} THEN (SELECT count(*)::int FROM (${ahead} LIMIT ${most}) seen) END AS seen, page.*
      FROM counted LEFT JOIN page ON TRUE ORDER BY page.sorted ${page.direction}, page.id ${page.direction}`;
  const answer = z.array(lookedRow).parse(result);
  const hits = answer.filter(({ id }) => id !== null);
  return { found: answer[0]?.seen === most ? null : finish(rows.parse(hits)), hits: hits.length };
}

/**
 * How many a common word finds, counted among the list's first; and what is due on all of them. Few invoices are open: the word is
 * looked for in those (OFFSET 0), and not the other way.
 */
async function totalsOfMany({ scope, where, page }: List, words: Prisma.Sql, found: Found): Promise<Totals> {
  const most = SEARCH_LIMITS.counted;
  const [counted, open] = await Promise.all([
    books(scope).$queryRaw`
      WITH seen AS MATERIALIZED (SELECT * FROM invoice WHERE ${where} ${page.order} LIMIT ${most + 1})
      SELECT (SELECT count(*)::int FROM seen) AS seen, (SELECT count(*)::int FROM seen invoice WHERE TRUE${words}) AS count`,
    books(scope).$queryRaw`
      SELECT 0 AS count, ${SUM_DUE} AS due
        FROM (SELECT * FROM invoice WHERE ${where} AND ${OPEN} OFFSET 0) invoice WHERE TRUE${words}`,
  ]);
  const [{ seen, count }] = countedRow.parse(counted);
  return { ...countOfCommon(count, seen <= most, found), duePaise: totalsRow.parse(open)[0].due };
}

/** The page of a search, and its totals where they came with it. */
const search = (list: List, words: Prisma.Sql) =>
  searchEitherWay({
    lookThrough: (most) => lookThrough(list, words, most),
    lookUp: (most) => lookUp(list, words, most),
    lookedUp: SEARCH_LIMITS.lookedUp,
    common: Number.POSITIVE_INFINITY,
  });

/** One page, and the totals of all its pages. @throws AppError INVALID for a cursor of another list. */
export async function findInvoices(
  scope: BusinessScope,
  query: InvoiceQuery,
  now: Date,
): Promise<{ found: Found; totals: Totals }> {
  const list = listOf(scope, query, now);
  if (!query.q) {
    const [found, totals] = await Promise.all([pageOf(list), totalsOf(list)]);
    return { found, totals };
  }
  const words = invoiceWords(query.q);
  if (!words) return { found: EMPTY, totals: NONE };
  const { found, totals } = await search(list, words);
  return { found, totals: totals ?? (await totalsOfMany(list, words, found)) };
}

/** One page without the totals, for what goes through all pages. */
export async function findInvoicePage(scope: BusinessScope, query: InvoiceQuery, now: Date): Promise<Found> {
  const list = listOf(scope, query, now);
  if (!query.q) return pageOf(list);
  const words = invoiceWords(query.q);
  return words ? (await search(list, words)).found : EMPTY;
}
