import "server-only";
import { z } from "zod";
import type { BusinessScope } from "@/features/businesses/scope";
import type { Counterparty, CounterpartyList, CounterpartyQuery, DirectoryEntry } from "@/features/counterparties/api";
import { OPEN, sideColumn } from "@/features/invoices/filters";
import { paiseColumn } from "@/features/invoices/row";
import type { InvoiceSideName } from "@/features/invoices/schema";
import { maskAccount } from "@/features/payments/wire";
import { books, system } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { Prisma } from "@/lib/generated/prisma/client";

/** A list of parties is for choosing from; who wants others searches. */
const LIST_LIMIT = 50;

const counterpartyRow = z.object({
  b2bId: z.string(),
  name: z.string(),
  gstin: z.string().nullable(),
  bankAccountNumber: z.string().nullable(),
  bankIfsc: z.string().nullable(),
  bankBeneficiaryName: z.string().nullable(),
  vpa: z.string().nullable(),
  openCount: z.number(),
  due: paiseColumn,
});

/** Where to pay a supplier is shown whole; what an account elsewhere is, only by its last four characters. */
function toCounterparty(row: z.output<typeof counterpartyRow>, side: InvoiceSideName): Counterparty {
  const { b2bId, name, gstin, openCount, due, bankAccountNumber: number } = row;
  const account = {
    number: number === null || side === "payable" ? number : maskAccount(number),
    ifsc: row.bankIfsc,
    beneficiaryName: row.bankBeneficiaryName,
    vpa: row.vpa,
  };
  return { b2bId, name, gstin, openCount, duePaise: due, account };
}

async function find(
  scope: BusinessScope,
  side: InvoiceSideName,
  where: Prisma.Sql,
  limit: number,
): Promise<Counterparty[]> {
  // One look at what is open on the side, and not one for each party: that would read what each has long settled, too.
  const rows = await books(scope).$queryRaw`
    WITH party AS MATERIALIZED (
      SELECT * FROM counterparty WHERE business_id = ${scope.businessId}::uuid${where} ORDER BY name, b2b_id LIMIT ${limit}),
    open AS (
      SELECT counterparty_b2b_id AS b2b_id, count(*)::int AS count, sum(total - paid - pending)::bigint AS due FROM invoice
       WHERE business_id = ${scope.businessId}::uuid AND side = ${sideColumn(side)}::invoice_side AND ${OPEN}
         AND counterparty_b2b_id IN (SELECT b2b_id FROM party)
       GROUP BY counterparty_b2b_id)
    SELECT party.b2b_id AS "b2bId", party.name, party.gstin, party.bank_account_number AS "bankAccountNumber",
           party.bank_ifsc AS "bankIfsc", party.bank_beneficiary_name AS "bankBeneficiaryName", party.vpa,
           coalesce(open.count, 0) AS "openCount", coalesce(open.due, 0)::bigint AS due
      FROM party LEFT JOIN open ON open.b2b_id = party.b2b_id
     ORDER BY party.name, party.b2b_id`;
  return z
    .array(counterpartyRow)
    .parse(rows)
    .map((row) => toCounterparty(row, side));
}

/** Those with whom the business trades, by name: the first 50 that the search finds. */
export async function listCounterparties(
  scope: BusinessScope,
  { q, side }: CounterpartyQuery,
): Promise<CounterpartyList> {
  const literal = (q ?? "").replaceAll("\0", "").replace(/[\\%_]/g, "\\$&");
  const where = literal
    ? Prisma.sql` AND (name ILIKE ${`%${literal}%`} OR b2b_id ILIKE ${`%${literal}%`})`
    : Prisma.empty;
  const found = await find(scope, side, where, LIST_LIMIT + 1);
  return { items: found.slice(0, LIST_LIMIT), more: found.length > LIST_LIMIT };
}

/**
 * One party that the business trades with.
 * @throws AppError NOT_FOUND.
 */
export async function getCounterparty(
  scope: BusinessScope,
  b2bId: string,
  side: InvoiceSideName = "payable",
): Promise<Counterparty> {
  const [found] = await find(scope, side, Prisma.sql` AND b2b_id = ${b2bId}`, 1);
  if (!found) throw notFound("party");
  return found;
}

/**
 * A business on this portal, by its exact B2B ID: what stands on its invoices, and no more.
 * @throws AppError NOT_FOUND.
 */
export async function findInDirectory(_scope: BusinessScope, b2bId: string): Promise<DirectoryEntry> {
  const found = await system.business.findUnique({ where: { b2bId }, select: { tradeName: true, gstin: true } });
  if (!found) throw notFound("business");
  return { b2bId, name: found.tradeName, gstin: found.gstin };
}
