import "server-only";
import { z } from "zod";
import { actorWords } from "@/features/audit/rules";
import type { BusinessScope } from "@/features/businesses/scope";
import type {
  AccountChange,
  Counterparty,
  CounterpartyDetail,
  CounterpartyList,
  CounterpartyQuery,
  DirectoryEntry,
} from "@/features/counterparties/api";
import { inOneForm, PARTY_CHANGED, partyOf } from "@/features/counterparties/row";
import { ACCOUNT_WATCH_DAYS, type Party, type PartyAccount, toldBy } from "@/features/counterparties/rules";
import { OPEN, sideColumn } from "@/features/invoices/filters";
import { paiseColumn, sumOfPaise } from "@/features/invoices/row";
import type { InvoiceSideName } from "@/features/invoices/schema";
import { maskAccount } from "@/features/protocol/identifiers";
import { books, system } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { Prisma } from "@/lib/generated/prisma/client";
import { ActorKind, type InvoiceSide } from "@/lib/generated/prisma/enums";
import { type KeysetOrder, keysetPage } from "@/lib/keyset";
import { searchForms } from "@/lib/search-words";

const DAY_MS = 24 * 60 * 60_000;

const BY_NAME: KeysetOrder = {
  column: "name",
  kind: "text",
  descending: false,
  id: { column: "b2b_id", type: "text" },
};

/** What a business on this portal says of itself as somebody's party. */
export const HOSTED = {
  tradeName: true,
  gstin: true,
  bankAccountNumber: true,
  bankIfsc: true,
  bankBeneficiaryName: true,
  vpa: true,
} as const satisfies Prisma.BusinessSelect;

/** Which parties are read, in which order. */
interface Chosen {
  where: Prisma.Sql;
  order: Prisma.Sql;
  orderAndLimit: Prisma.Sql;
}

const counterpartyRow = z.object({
  b2bId: z.string(),
  name: z.string(),
  gstin: z.string().nullable(),
  bankAccountNumber: z.string().nullable(),
  bankIfsc: z.string().nullable(),
  bankBeneficiaryName: z.string().nullable(),
  vpa: z.string().nullable(),
  updatedAt: z.date(),
  isSupplier: z.boolean(),
  isBuyer: z.boolean(),
  openCount: z.number(),
  due: paiseColumn,
  changedAt: z.date().nullable(),
  changedByKind: z.enum(ActorKind).nullable(),
  changedByName: z.string().nullable(),
  isFirst: z.boolean().nullable(),
});
type Row = z.output<typeof counterpartyRow>;

/** Where to pay a supplier is shown whole; what an account elsewhere is, only by its last four characters. */
function shownTo(side: InvoiceSideName, { number, ...account }: PartyAccount): PartyAccount {
  return { ...account, number: number === null || side === "payable" ? number : maskAccount(number) };
}

function accountChangeOf({ changedAt, changedByKind, changedByName, isFirst }: Row): AccountChange | null {
  if (!changedAt || !changedByKind) return null;
  const by = actorWords({ kind: changedByKind, name: changedByName ?? "" });
  return { at: changedAt.toISOString(), by, isFirst: isFirst ?? false };
}

function toCounterparty(row: Row, side: InvoiceSideName): Counterparty {
  const { b2bId, name, gstin, isSupplier, isBuyer, openCount, due } = row;
  const account = shownTo(side, partyOf(row).account);
  return {
    b2bId,
    name,
    gstin,
    isSupplier,
    isBuyer,
    openCount,
    account,
    duePaise: due,
    accountChange: accountChangeOf(row),
  };
}

async function find(scope: BusinessScope, side: InvoiceSideName, chosen: Chosen, now: Date): Promise<Row[]> {
  const business = Prisma.sql`business_id = ${scope.businessId}::uuid`;
  const watched = new Date(now.getTime() - ACCOUNT_WATCH_DAYS * DAY_MS);
  // One look at what is open on the side, and not one for each party: that would read what each has long settled, too.
  const rows = await books(scope).$queryRaw`
    WITH party AS MATERIALIZED (
      SELECT * FROM counterparty WHERE ${business}${chosen.where} ${chosen.orderAndLimit}),
    open AS (
      SELECT counterparty_b2b_id AS party, count(*)::int AS count, ${sumOfPaise(Prisma.sql`total - paid - pending`)} AS due FROM invoice
       WHERE ${business} AND side = ${sideColumn(side)}::invoice_side AND ${OPEN}
         AND counterparty_b2b_id IN (SELECT b2b_id FROM party)
       GROUP BY counterparty_b2b_id)
    SELECT party.b2b_id AS "b2bId", party.name, party.gstin, party.bank_account_number AS "bankAccountNumber",
           party.bank_ifsc AS "bankIfsc", party.bank_beneficiary_name AS "bankBeneficiaryName", party.vpa,
           party.updated_at AS "updatedAt", ${hasInvoices(business, "PAYABLE")} AS "isSupplier",
           ${hasInvoices(business, "RECEIVABLE")} AS "isBuyer", coalesce(open.count, 0) AS "openCount",
           coalesce(open.due, 0)::bigint AS due, change.at AS "changedAt", change.actor_kind AS "changedByKind",
           change.actor_name AS "changedByName", change.is_first AS "isFirst"
      FROM party LEFT JOIN open ON open.party = party.b2b_id
      LEFT JOIN LATERAL (
           SELECT at, actor_kind, actor_name, jsonb_strip_nulls(before::jsonb -> 'account') = '{}' AS is_first FROM audit_event
            WHERE ${business} AND subject_kind = 'counterparty' AND subject_id = party.b2b_id AND at >= ${watched}
              AND action = ${PARTY_CHANGED} AND after::jsonb -> 'account' IS NOT NULL
            ORDER BY at DESC LIMIT 1) change ON TRUE
     ${chosen.order}`;
  return z.array(counterpartyRow).parse(rows);
}

const hasInvoices = (business: Prisma.Sql, side: InvoiceSide) => Prisma.sql`
  EXISTS (SELECT FROM invoice WHERE ${business} AND side = ${side}::invoice_side AND counterparty_b2b_id = party.b2b_id)`;

/** Those with whom the business trades, by name, one page of those that the search finds. */
export async function listCounterparties(
  scope: BusinessScope,
  { q, side = "payable", cursor, limit = 50 }: Partial<CounterpartyQuery>,
  now = new Date(),
): Promise<CounterpartyList> {
  const page = keysetPage("name", BY_NAME, { cursor, limit });
  const asked = (q ?? "").replaceAll("\0", "").replace(/[\\%_]/g, "\\$&");
  const search = asked ? Prisma.sql` AND (${Prisma.join(searchForms(asked).map(matches), " OR ")})` : Prisma.empty;
  const found = await find(scope, side, { ...page, where: Prisma.sql`${search}${page.after}` }, now);
  const { rows, ...cursors } = page.finish(found, ({ name, b2bId }) => ({ value: name, id: b2bId }));
  return { items: rows.map((row) => toCounterparty(row, side)), more: cursors.nextCursor !== null, ...cursors };
}

function matches(asked: string): Prisma.Sql {
  const pattern = `%${asked}%`;
  // Names that were kept before they had one form have any.
  return Prisma.sql`normalize(name) ILIKE ${pattern} OR b2b_id ILIKE ${pattern} OR gstin ILIKE ${pattern}`;
}

/**
 * One party that the business trades with.
 * @throws AppError NOT_FOUND.
 */
export async function getCounterparty(
  scope: BusinessScope,
  b2bId: string,
  side: InvoiceSideName = "payable",
  now = new Date(),
): Promise<CounterpartyDetail> {
  const chosen = { where: Prisma.sql` AND b2b_id = ${b2bId}`, order: Prisma.empty, orderAndLimit: Prisma.empty };
  const [[row], hosted] = await Promise.all([find(scope, side, chosen, now), hostedParty(b2bId)]);
  if (!row) throw notFound("party");
  const theirs = hosted && toldBy(hosted, partyOf(row), row.isSupplier);
  return {
    ...toCounterparty(row, side),
    version: row.updatedAt.toISOString(),
    theirs: theirs && { ...theirs, account: shownTo(side, theirs.account) },
  };
}

/** What a business on this portal says of itself; null when nobody here has that B2B ID. */
export async function hostedParty(b2bId: string): Promise<Party | null> {
  const found = await system.business.findUnique({ where: { b2bId }, select: HOSTED });
  return found && partyOf({ ...found, name: inOneForm(found.tradeName) });
}

/**
 * A business on this portal, by its exact B2B ID: what stands on its invoices, and no more.
 * @throws AppError NOT_FOUND.
 */
export async function findInDirectory(_scope: BusinessScope, b2bId: string): Promise<DirectoryEntry> {
  const found = await hostedParty(b2bId);
  if (!found) throw notFound("business");
  return { b2bId, name: found.name, gstin: found.gstin };
}
