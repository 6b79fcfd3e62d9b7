import "server-only";
import { z } from "zod";
import type { Ageing, PartyAges } from "@/features/ageing/api";
import { AGES, type Age } from "@/features/ageing/rules";
import type { AgeingFilters, AgeingQuery } from "@/features/ageing/schema";
import type { BusinessScope } from "@/features/businesses/scope";
import { DUE, sideColumn } from "@/features/invoices/filters";
import { paiseColumn, sumOfPaise } from "@/features/invoices/row";
import { books } from "@/lib/db";
import { Prisma } from "@/lib/generated/prisma/client";
import { eachPage, type KeysetOrder, keysetPage } from "@/lib/keyset";
import { addDays, toIstDay } from "@/lib/time";

type SortName = "overdue" | "due" | "counterparty";

const ORDERS: Record<SortName, Pick<KeysetOrder, "column" | "kind"> & { valueIn: (row: Row) => string }> = {
  overdue: { column: '"overduePaise"', kind: "whole", valueIn: ({ overduePaise }) => String(overduePaise) },
  due: { column: '"duePaise"', kind: "whole", valueIn: ({ duePaise }) => String(duePaise) },
  counterparty: { column: "name", kind: "text", valueIn: ({ name }) => name },
};

const ages = {
  count: z.number(),
  notDuePaise: paiseColumn,
  late1To30Paise: paiseColumn,
  late31To60Paise: paiseColumn,
  late61To90Paise: paiseColumn,
  lateOver90Paise: paiseColumn,
  overduePaise: paiseColumn,
  duePaise: paiseColumn,
};
const row = z.object({ party: z.string(), name: z.string(), ...ages });
type Row = z.output<typeof row>;

/** The first row has the sums over all parties; the others are a page of them. */
const foundRows = z.tuple([z.object({ parties: z.number(), ...ages })], row);

/** The place in AGES of an invoice's age on that day. */
function ageOn(today: string): Prisma.Sql {
  const until = AGES.flatMap(({ to }, age) => (to === null ? [] : [{ age, day: addDays(today, -to) }]));
  const each = until.map(({ age, day }) => Prisma.sql`WHEN due_date >= ${day}::date THEN ${age}`);
  return Prisma.sql`CASE ${Prisma.join(each, " ")} ELSE ${AGES.length - 1} END`;
}

/** The columns of `ages`, over sums that each have an age. */
function agesOf(): Prisma.Sql {
  const sum = (which: (age: Age) => boolean) => {
    const places = AGES.flatMap((age, place) => (which(age) ? [place] : []));
    return sumOfPaise(Prisma.sql`due`, Prisma.sql`age IN (${Prisma.join(places)})`);
  };
  const each = AGES.map((age) => Prisma.sql`${sum((one) => one === age)} AS ${Prisma.raw(`"${age.field}"`)}`);
  return Prisma.sql`coalesce(sum(count), 0)::int AS count, ${Prisma.join(each)},
    ${sum(({ from }) => from !== null)} AS "overduePaise", ${sumOfPaise(Prisma.sql`due`)} AS "duePaise"`;
}

/**
 * One page and the sums in one statement, so that they agree whatever is paid meanwhile. Invoices are summed once, by party and age: a
 * look at each for every column takes several times as long.
 */
async function find(scope: BusinessScope, { side, sort, cursor, limit }: AgeingQuery, today: string) {
  const { valueIn, ...order } = ORDERS[sort.replace("-", "") as SortName];
  const id = { column: "party", type: "text" } as const;
  const page = keysetPage(sort, { ...order, descending: sort.startsWith("-"), id }, { cursor, limit });
  const found = await books(scope).$queryRaw`
    WITH summed AS (
      SELECT counterparty_b2b_id AS party, ${ageOn(today)} AS age, count(*) AS count, sum(total - paid - pending) AS due
        FROM invoice
       WHERE business_id = ${scope.businessId}::uuid AND side = ${sideColumn(side)}::invoice_side AND ${DUE}
       GROUP BY party, age),
    aged AS MATERIALIZED (SELECT party, ${agesOf()} FROM summed GROUP BY GROUPING SETS ((party), ())),
    named AS (
      SELECT aged.*, NULL::int AS parties, coalesce(counterparty.name, party) AS name
        FROM aged LEFT JOIN counterparty
          ON counterparty.business_id = ${scope.businessId}::uuid AND counterparty.b2b_id = aged.party
       WHERE party IS NOT NULL)
    SELECT * FROM (
      SELECT *, (SELECT count(party)::int FROM aged) AS parties, NULL AS name FROM aged WHERE party IS NULL
      UNION ALL
      (SELECT * FROM named WHERE TRUE${page.after} ${page.orderAndLimit})) found
     ORDER BY party IS NOT NULL, ${page.column} ${page.direction}, party ${page.direction}`;
  const [totals, ...rows] = foundRows.parse(found);
  return { totals, ...page.finish(rows, (each) => ({ value: valueIn(each), id: each.party })) };
}

const toPartyAges = ({ party, name, ...rest }: Row): PartyAges => ({ counterparty: { b2bId: party, name }, ...rest });

/** One page of what is due with each party by its age on the day in India at `now`, and with all of them. */
export async function getAgeing(scope: BusinessScope, query: AgeingQuery, now = new Date()): Promise<Ageing> {
  const today = toIstDay(now);
  const { rows, ...rest } = await find(scope, query, today);
  return { items: rows.map(toPartyAges), ...rest, asOf: today };
}

/** What is due with each party, some at a time, for an export. */
export async function* eachPartyAges(
  scope: BusinessScope,
  filters: AgeingFilters,
  now = new Date(),
): AsyncGenerator<PartyAges[]> {
  const today = toIstDay(now);
  for await (const { rows } of eachPage((page) => find(scope, { ...filters, ...page }, today)))
    yield rows.map(toPartyAges);
}
