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

const DUE_NOW = Prisma.sql`total - paid - pending`;

/** Whether an invoice is of the age on that day. */
function isOf({ from, to }: Age, today: string): Prisma.Sql {
  const latest = from === null ? Prisma.empty : Prisma.sql` AND due_date <= ${addDays(today, -from)}::date`;
  const earliest = to === null ? Prisma.empty : Prisma.sql` AND due_date >= ${addDays(today, -to)}::date`;
  return Prisma.sql`TRUE${latest}${earliest}`;
}

/** The columns of `ages` over invoices on which something is due. */
function agesOf(today: string): Prisma.Sql {
  const each = AGES.map(
    (age) => Prisma.sql`${sumOfPaise(DUE_NOW, isOf(age, today))} AS ${Prisma.raw(`"${age.field}"`)}`,
  );
  return Prisma.sql`count(*)::int AS count, ${Prisma.join(each)},
    ${sumOfPaise(DUE_NOW, Prisma.sql`due_date < ${today}::date`)} AS "overduePaise", ${sumOfPaise(DUE_NOW)} AS "duePaise"`;
}

/** One page and the sums in one statement, so that they agree whatever is paid meanwhile. */
async function find(scope: BusinessScope, { side, sort, cursor, limit }: AgeingQuery, today: string) {
  const { valueIn, ...order } = ORDERS[sort.replace("-", "") as SortName];
  const id = { column: "party", type: "text" } as const;
  const page = keysetPage(sort, { ...order, descending: sort.startsWith("-"), id }, { cursor, limit });
  const found = await books(scope).$queryRaw`
    WITH aged AS MATERIALIZED (
      SELECT counterparty_b2b_id AS party, ${agesOf(today)} FROM invoice
       WHERE business_id = ${scope.businessId}::uuid AND side = ${sideColumn(side)}::invoice_side AND ${DUE}
       GROUP BY GROUPING SETS ((counterparty_b2b_id), ())),
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
