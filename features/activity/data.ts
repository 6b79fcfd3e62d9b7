import "server-only";
import { z } from "zod";
import type { Activity, ActivityFilters, ActivityPage, ActivityQuery } from "@/features/activity/api";
import { type EventSubject, eventWords } from "@/features/activity/words";
import { SUBJECT_KINDS } from "@/features/audit/rules";
import type { BusinessScope } from "@/features/businesses/scope";
import { sealedContent } from "@/features/invoices/history";
import { paiseColumn } from "@/features/invoices/row";
import { books } from "@/lib/db";
import { Prisma } from "@/lib/generated/prisma/client";
import { ActorKind, InvoiceSide, PaymentSide } from "@/lib/generated/prisma/enums";
import { firstUuidAt } from "@/lib/ids";
import { KEPT_PLAN } from "@/lib/kept-plans";
import { eachPage, type KeysetOrder, keysetPage } from "@/lib/keyset";
import { addDays, istMidnight } from "@/lib/time";

/** By id, which begins with the event's time: the trail is in that order as it stands, and needs no index of its own. */
const NEWEST_FIRST: KeysetOrder = {
  column: "id",
  kind: "uuid",
  descending: true,
  id: { column: "id", type: "uuid" },
};

/** An event with what it is about as that is now; amounts in paise. */
const eventRow = z.object({
  id: z.string(),
  at: z.date(),
  actorKind: z.enum(ActorKind),
  actorName: z.string(),
  action: z.string(),
  subjectKind: z.enum(SUBJECT_KINDS),
  subjectId: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  paymentSide: z.enum(PaymentSide).nullable(),
  invoiceSide: z.enum(InvoiceSide).nullable(),
  party: z.string().nullable(),
  number: z.string().nullable(),
  /** Of a payment, as a bank statement shows it: what it settles where no money moved. */
  amount: paiseColumn.nullable(),
});
type EventRow = z.output<typeof eventRow>;

/** Who did it. Each is the predicate, word for word, of an index that has them apart from what the network does all day. */
function byCondition(by: ActivityFilters["by"]): Prisma.Sql {
  if (by === undefined) return Prisma.empty;
  if (by === "people") return Prisma.sql` AND actor_kind = 'USER'`;
  if (by === "api-keys") return Prisma.sql` AND actor_kind = 'API_KEY'`;
  return Prisma.sql` AND actor_kind = 'USER' AND actor_id = ${by}`;
}

function conditions(scope: BusinessScope, { by, about, from, to }: ActivityFilters): Prisma.Sql {
  const dayBegins = (day: string) => Prisma.sql`${firstUuidAt(istMidnight(day).getTime())}::uuid`;
  return Prisma.join(
    [
      Prisma.sql`business_id = ${scope.businessId}::uuid`,
      byCondition(by),
      about === "access" ? Prisma.sql` AND subject_kind IN ('member', 'api-key', 'business')` : Prisma.empty,
      from === undefined ? Prisma.empty : Prisma.sql` AND id >= ${dayBegins(from)}`,
      to === undefined ? Prisma.empty : Prisma.sql` AND id < ${dayBegins(addDays(to, 1))}`,
    ],
    "",
  );
}

/** One page of the trail, newest first. @throws AppError INVALID (path `cursor`) for a cursor that isn't of this list */
async function readPage(scope: BusinessScope, query: ActivityQuery) {
  const page = keysetPage("-id", NEWEST_FIRST, query);
  const isWhole = (query.by ?? query.about ?? query.from ?? query.to) === undefined;
  const found = await books(scope).$queryRaw`${isWhole ? KEPT_PLAN : Prisma.empty}
    SELECT event.id, event.at, event.actor_kind AS "actorKind", event.actor_name AS "actorName", event.action,
           event.subject_kind AS "subjectKind", event.subject_id AS "subjectId", event.before, event.after,
           payment.side AS "paymentSide", invoice.side AS "invoiceSide",
           coalesce(payment.counterparty_name, invoice.counterparty_name) AS party,
           invoice.supplier_invoice_number AS number,
           coalesce(nullif(payment.net, 0), payment.total) AS amount
      FROM (SELECT * FROM audit_event WHERE ${conditions(scope, query)}${page.after} ${page.orderAndLimit}) event
      LEFT JOIN payment ON event.subject_kind = 'payment' AND payment.business_id = ${scope.businessId}::uuid
                       AND payment.object_id = event.subject_id
      LEFT JOIN invoice ON invoice.business_id = ${scope.businessId}::uuid
                       AND invoice.id = CASE event.subject_kind WHEN 'invoice' THEN event.subject_id::uuid END
     ${page.order}`;
  return page.finish(z.array(eventRow).parse(found), ({ id }) => ({ value: id, id }));
}

function subjectOf({ paymentSide, invoiceSide, party, number, amount }: EventRow): EventSubject {
  if (paymentSide && party !== null && amount !== null)
    return { kind: "payment", side: paymentSide === "OUTGOING" ? "outgoing" : "incoming", party, amount };
  if (invoiceSide && party !== null && number !== null)
    return { kind: "invoice", side: invoiceSide === "PAYABLE" ? "payable" : "receivable", party, number };
  return { kind: "other" };
}

function toActivity(row: EventRow): Activity {
  const subject = subjectOf(row);
  const { action, subjectKind, subjectId } = row;
  const before = sealedContent(row.before);
  const after = sealedContent(row.after);
  return {
    id: row.id,
    at: row.at.toISOString(),
    actor: { kind: row.actorKind, name: row.actorName },
    action,
    ...eventWords({ action, before, after, subject }),
    subject: { kind: subjectKind, id: subjectId, side: subject.kind === "other" ? null : subject.side },
  };
}

/** One page of what was done in the business's books and settings, and by whom, newest first. */
export async function listActivity(scope: BusinessScope, query: ActivityQuery): Promise<ActivityPage> {
  const { rows, ...cursors } = await readPage(scope, query);
  return { items: rows.map(toActivity), ...cursors };
}

const actorRows = z.array(z.object({ userId: z.string(), name: z.string() }));

/**
 * Everybody who ever did something in the business, also those who were taken out of it, under the name that they had last, by name. From
 * one to the next in the index that has people apart: it costs a look for each of them, however long the trail is.
 */
export async function listActors(scope: BusinessScope): Promise<{ userId: string; name: string }[]> {
  const theirs = Prisma.sql`business_id = ${scope.businessId}::uuid AND actor_kind = 'USER'`;
  const rows = await books(scope).$queryRaw`
    WITH RECURSIVE actor AS (
      (SELECT actor_id FROM audit_event WHERE ${theirs} ORDER BY actor_id LIMIT 1)
      UNION ALL
      SELECT (SELECT actor_id FROM audit_event WHERE ${theirs} AND actor_id > actor.actor_id ORDER BY actor_id LIMIT 1)
        FROM actor WHERE actor_id IS NOT NULL)
    SELECT actor_id AS "userId", last.actor_name AS name FROM actor CROSS JOIN LATERAL (
           SELECT actor_name FROM audit_event WHERE ${theirs} AND actor_id = actor.actor_id ORDER BY id DESC LIMIT 1) last
     ORDER BY name, actor_id`;
  return actorRows.parse(rows);
}

/** All that match the filters, some at a time, for an export. */
export async function* eachActivity(scope: BusinessScope, filters: ActivityFilters): AsyncGenerator<Activity[]> {
  for await (const { items } of eachPage((page) => listActivity(scope, { ...filters, ...page }))) yield items;
}
