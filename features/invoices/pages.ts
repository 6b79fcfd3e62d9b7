import "server-only";
import { z } from "zod";
import type { BusinessScope } from "@/features/businesses/scope";
import type { InvoicePage } from "@/features/invoices/api";
import { invoiceConditions, invoiceOrder, invoiceWords, OPEN } from "@/features/invoices/filters";
import { INVOICE_COLUMNS, type InvoiceRow, invoiceRow, paiseColumn } from "@/features/invoices/row";
import type { InvoiceQuery } from "@/features/invoices/schema";
import { books } from "@/lib/db";
import { Prisma } from "@/lib/generated/prisma/client";
import { COUNT_LIMIT, LOOKED_THROUGH, SEARCH_LIMIT } from "@/lib/http/list-query";
import { type KeysetPage, keysetPage } from "@/lib/keyset";
import { ZERO } from "@/lib/money";

/*
 * Pages of invoices, and what is due on all that match. Without a search an index has every order, so a page is read where it lies.
 * A search is answered in one of two ways, since neither is quick for all words, and PostgreSQL can't know which will be: up to
 * SEARCH_LIMIT invoices are looked up by their words, and sorted; where there are more, the list is looked through in its own order
 * until a page is full, which is soon; and where it isn't, all that have the words are sorted after all.
 */

/** As good as no limit, for a page that lies far behind in the list: an old year's numbers, say. */
const ALL = 1_000_000;

const rows = z.array(invoiceRow);
const totalsRow = z.tuple([z.object({ count: z.number(), due: paiseColumn })]);
const columns = Prisma.raw(INVOICE_COLUMNS);

type Totals = InvoicePage["totals"];
interface Found {
  rows: InvoiceRow[];
  nextCursor: string | null;
  previousCursor: string | null;
}

const EMPTY: Found = { rows: [], nextCursor: null, previousCursor: null };
const NONE: Totals = { count: 0, countIsMinimum: false, duePaise: ZERO };

interface List {
  scope: BusinessScope;
  where: Prisma.Sql;
  page: KeysetPage;
  finish: (found: InvoiceRow[]) => Found;
}

function listOf(scope: BusinessScope, query: InvoiceQuery, now: Date): List {
  const { order, keyOf } = invoiceOrder(query.sort);
  const page = keysetPage(query.sort, order, query);
  return { scope, where: invoiceConditions(scope, query, now), page, finish: (found) => page.finish(found, keyOf) };
}

async function pageOf({ scope, where, page, finish }: List): Promise<Found> {
  return finish(
    rows.parse(
      await books(scope).$queryRaw`SELECT ${columns} FROM invoice WHERE ${where}${page.after} ${page.orderAndLimit}`,
    ),
  );
}

async function dueOf(scope: BusinessScope, where: Prisma.Sql): Promise<Totals["duePaise"]> {
  const found = await books(scope).$queryRaw`
    SELECT 0 AS count, coalesce(sum(total - paid - pending), 0)::bigint AS due FROM invoice WHERE ${where} AND ${OPEN}`;
  return totalsRow.parse(found)[0].due;
}

async function totalsOf({ scope, where }: List): Promise<Totals> {
  const found = await books(scope).$queryRaw`
    SELECT (SELECT count(*)::int FROM (SELECT 1 FROM invoice WHERE ${where} LIMIT ${COUNT_LIMIT + 1}) counted) AS count,
           (SELECT coalesce(sum(total - paid - pending), 0)::bigint FROM invoice WHERE ${where} AND ${OPEN}) AS due`;
  const [{ count, due }] = totalsRow.parse(found);
  return { count: Math.min(count, COUNT_LIMIT), countIsMinimum: count > COUNT_LIMIT, duePaise: due };
}

const foundRow = z.object({ count: z.number(), due: paiseColumn, id: z.string().nullable() });

/** The page and the totals of a search that finds `most` invoices at most; null when it finds more. */
async function searchFew(
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
        FROM (SELECT count(*)::int AS count, coalesce(sum(due), 0)::bigint AS due FROM found) totals
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

/** The page among the next LOOKED_THROUGH of the list; null when these don't fill it, and there are more. */
async function searchMany({ scope, where, page, finish }: List, words: Prisma.Sql): Promise<Found | null> {
  const result = await books(scope).$queryRaw`
    WITH ahead AS MATERIALIZED (
      SELECT *, TRUE${words} AS hit FROM invoice WHERE ${where}${page.after} ${page.order} LIMIT ${LOOKED_THROUGH})
    SELECT (SELECT count(*)::int FROM ahead) AS seen, ${columns}
      FROM ahead WHERE hit ${page.orderAndLimit}`;
  const found = z.array(z.looseObject({ seen: z.number() })).parse(result);
  // Without any row nobody has counted: the other way answers.
  if (found.length < page.rows && (found[0]?.seen ?? LOOKED_THROUGH) === LOOKED_THROUGH) return null;
  return finish(rows.parse(found));
}

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
  const few = await searchFew(list, words, SEARCH_LIMIT);
  if (few) return few;
  const due = dueOf(scope, Prisma.sql`${list.where}${words}`);
  const [found, duePaise] = await Promise.all([searchMany(list, words), due]);
  if (found) return { found, totals: { count: SEARCH_LIMIT, countIsMinimum: true, duePaise } };
  return (await searchFew(list, words, ALL)) ?? { found: EMPTY, totals: NONE };
}

/** One page without the totals, for what goes through all pages. */
export async function findInvoicePage(scope: BusinessScope, query: InvoiceQuery, now: Date): Promise<Found> {
  const list = listOf(scope, query, now);
  if (!query.q) return pageOf(list);
  const words = invoiceWords(query.q);
  if (!words) return EMPTY;
  const few = await searchFew(list, words, SEARCH_LIMIT);
  if (few) return few.found;
  return (await searchMany(list, words)) ?? (await searchFew(list, words, ALL))?.found ?? EMPTY;
}
