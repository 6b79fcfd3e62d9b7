import "server-only";
import { z } from "zod";
import { BEFORE_ALL } from "@/features/audit/seal";
import type { BusinessScope } from "@/features/businesses/scope";
import { books } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { Prisma } from "@/lib/generated/prisma/client";
import { KEPT_PLAN } from "@/lib/kept-plans";

/*
 * What has changed since a program last asked, found by the audit trail, which every change is in (docs/decisions/038). Only events of
 * transactions that no running one can still precede, in the order of transaction and id, as they are sealed: whatever commits later
 * stands after them, so that going on after the last of them misses nothing.
 */

/** As many events are looked at for one page, whatever they are about. */
const LOOKED_AT = 500;

const settledRow = z.object({ id: z.string(), subjectKind: z.string(), subjectId: z.string() });
export type SettledEvent = z.output<typeof settledRow>;

const SETTLED = Prisma.sql`transaction_id < (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint`;

/** The id of the last event that none can come before any more; null when there is none. */
async function lastSettled({ businessId }: BusinessScope): Promise<string | null> {
  const found = await books({ businessId }).$queryRaw`${KEPT_PLAN}
    SELECT id FROM audit_event WHERE business_id = ${businessId}::uuid AND ${SETTLED}
     ORDER BY transaction_id DESC, id DESC LIMIT 1`;
  return z.array(z.object({ id: z.string() })).parse(found)[0]?.id ?? null;
}

/** The settled events after one of them, or from the first on; null when the trail has no such event. */
async function settledAfter({ businessId }: BusinessScope, mark: string | null): Promise<SettledEvent[] | null> {
  const from =
    mark === null
      ? Prisma.sql`SELECT ${BEFORE_ALL}::bigint AS transaction_id, '00000000-0000-0000-0000-000000000000'::uuid AS id`
      : Prisma.sql`SELECT transaction_id, id FROM audit_event WHERE business_id = ${businessId}::uuid AND id = ${mark}::uuid`;
  const found = await books({ businessId }).$queryRaw`${KEPT_PLAN}
    SELECT event.id, event.subject_kind AS "subjectKind", event.subject_id AS "subjectId"
      FROM (${from}) mark
      LEFT JOIN LATERAL (
           SELECT transaction_id, id, subject_kind, subject_id FROM audit_event
            WHERE business_id = ${businessId}::uuid AND transaction_id >= mark.transaction_id AND ${SETTLED}
              AND (transaction_id > mark.transaction_id OR audit_event.id > mark.id)
            ORDER BY transaction_id, id LIMIT ${LOOKED_AT}) event ON TRUE
     ORDER BY event.transaction_id, event.id`;
  // A mark with nothing after it is one row without an event.
  const rows = z.array(settledRow.or(z.object({ id: z.null() }))).parse(found);
  return rows.length === 0 ? null : rows.flatMap((row) => (row.id === null ? [] : [row]));
}

/** What `since` holds: how far the rows themselves have been given (null once all of them are), and which event comes before the next. */
const placeSchema = z.strictObject({
  of: z.string(),
  mark: z.uuid().nullable(),
  given: z.string().max(100).nullable(),
});
type Place = z.output<typeof placeSchema>;

const encode = (place: Place) => Buffer.from(JSON.stringify(place)).toString("base64url");

function refuse(message: string): AppError {
  return new AppError("INVALID", message, [{ path: "since", message, code: "WRONG_FORMAT" }]);
}

const notOurs = () => refuse("This is no `next` of this list. Begin again without `since`.");

function decode<Row>(text: string, rows: ChangingRows<Row>): Place {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(text, "base64url").toString());
  } catch {
    throw notOurs();
  }
  const { success, data } = placeSchema.safeParse(json);
  if (!success || data.of !== rows.of) throw notOurs();
  if (data.given !== null && !rows.isId(data.given)) throw notOurs();
  return data;
}

/** Rows whose changes are asked for, and how they are found. */
export interface ChangingRows<Row> {
  /** Names them in `since`, which is good for no others. */
  of: string;
  isId: (text: string) => boolean;
  idOf: (row: Row) => string;
  /** In the order of their ids, which never change: those after one of them, or from the first on. */
  readAfter: (id: string | null, limit: number) => Promise<Row[]>;
  readThese: (ids: readonly string[]) => Promise<Row[]>;
  /** Whether an event may have changed any. */
  isAbout: (event: SettledEvent) => boolean;
  /** Which ones each of these events may have changed. */
  changedBy: (events: readonly SettledEvent[]) => Promise<(event: SettledEvent) => readonly string[]>;
}

export interface ChangesPage<Row> {
  rows: Row[];
  next: string;
  more: boolean;
}

/**
 * A page of what has changed: all rows first, each once, and from then on those that an event tells of, as they are now.
 * @throws AppError INVALID (path `since`) for what isn't an earlier page's `next`, or when the books have gone back behind it.
 */
export async function changesSince<Row>(
  scope: BusinessScope,
  { since, limit }: { since?: string | undefined; limit: number },
  rows: ChangingRows<Row>,
): Promise<ChangesPage<Row>> {
  if (since === undefined) return givenAll({ of: rows.of, mark: await lastSettled(scope), given: null }, limit, rows);
  const place = decode(since, rows);
  return place.given === null ? changesAfter(scope, place, limit, rows) : givenAll(place, limit, rows);
}

async function givenAll<Row>(place: Place, limit: number, rows: ChangingRows<Row>): Promise<ChangesPage<Row>> {
  const found = await rows.readAfter(place.given, limit);
  const last = found.length < limit ? undefined : found.at(-1);
  return { rows: found, next: encode({ ...place, given: last ? rows.idOf(last) : null }), more: true };
}

async function changesAfter<Row>(
  scope: BusinessScope,
  { of, mark }: Place,
  limit: number,
  rows: ChangingRows<Row>,
): Promise<ChangesPage<Row>> {
  const settled = await settledAfter(scope, mark);
  if (!settled)
    throw refuse("The books have gone back behind this, as by a restored backup. Begin again without `since`.");
  // Each changes one row at least, so these are enough for a page.
  const about = settled.filter(rows.isAbout).slice(0, limit + 1);
  const changedBy = await rows.changedBy(about.slice(0, limit));
  const ids = new Set<string>();
  let given = 0;
  for (const event of about.slice(0, limit)) {
    const all = new Set([...ids, ...changedBy(event)]);
    if (given > 0 && all.size > limit) break;
    for (const id of all) ids.add(id);
    given++;
  }
  const isCut = given < about.length;
  const last = isCut ? about[given - 1] : settled.at(-1);
  return {
    rows: ids.size > 0 ? await rows.readThese([...ids]) : [],
    next: encode({ of, mark: last?.id ?? mark, given: null }),
    more: isCut || settled.length === LOOKED_AT,
  };
}
