import "server-only";
import { z } from "zod";
import type { BusinessScope } from "@/features/businesses/scope";
import { paiseColumn, sumOfPaise } from "@/features/invoices/row";
import type { PaymentPage } from "@/features/payments/api";
import { Prisma } from "@/lib/generated/prisma/client";
import type { Paise } from "@/lib/money";
import { SEARCH_LIMITS } from "@/lib/search-limits";

/* The payments of a list that stand, neither rejected nor failed: how many, and what they add up to. */

export const standingColumns = { standingCount: z.number(), standingNet: paiseColumn, standingTotal: paiseColumn };

type Standing = PaymentPage["totals"]["standing"];

/** A table of one row with `standingColumns`, to be joined: of those payments of a table that meet a condition. */
export function standing(from: Prisma.Sql, where = Prisma.sql`TRUE`): Prisma.Sql {
  return Prisma.sql`LATERAL (
    SELECT count(*)::int AS "standingCount", ${sumOfPaise(Prisma.sql`net`)} AS "standingNet",
           ${sumOfPaise(Prisma.sql`total`)} AS "standingTotal"
      FROM ${from} WHERE ${where} AND status NOT IN ('REJECTED', 'FAILED')) standing`;
}

/** As `standing`, of the payments whose ids a table has, as many as a search adds up: each is looked up by its key. */
export function standingOf({ businessId }: BusinessScope, ids: Prisma.Sql): Prisma.Sql {
  const some = Prisma.sql`ARRAY(SELECT object_id FROM ${ids} LIMIT ${SEARCH_LIMITS.summed})`;
  return standing(Prisma.sql`payment`, Prisma.sql`business_id = ${businessId}::uuid AND object_id = ANY(${some})`);
}

/** What the columns say, as the API has it. Paise. */
export const toStanding = (row: { standingCount: number; standingNet: Paise; standingTotal: Paise }): Standing => ({
  count: row.standingCount,
  netPaise: row.standingNet,
  totalPaise: row.standingTotal,
});
