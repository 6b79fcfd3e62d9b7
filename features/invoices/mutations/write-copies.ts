import "server-only";
import { z } from "zod";
import { recordAudits } from "@/features/audit/record";
import type { BusinessScope } from "@/features/businesses/scope";
import type { PartyDetails } from "@/features/counterparties/mutations/keep";
import { contentOfRow } from "@/features/invoices/content";
import { type SharedInvoice, type Step, sharedKey } from "@/features/invoices/mutations/plan-share";
import { otherSide, statusOf, stillCounts } from "@/features/invoices/rules";
import type { Tx } from "@/lib/db";
import { Prisma } from "@/lib/generated/prisma/client";
import { uuidv7 } from "@/lib/ids";
import { KEPT_PLAN } from "@/lib/kept-plans";
import { paise, ZERO } from "@/lib/money";

/*
 * Copies of a writer's invoices in the other party's books, any number in one statement: a payment may wait for 500 of them.
 */

/** The columns of a copy that differ from one to the next, in SQL. */
const INSERTED = Prisma.raw(`(
  id uuid, object_id text, number text, description text, issued date, due date, total bigint, paid bigint, status invoice_status,
  version int, duplicate_key text)`);

const insertedRows = z.array(z.object({ id: z.string() }));

/**
 * Writes copies of invoices that the other party's books don't have yet, all of one side.
 * @returns how many: one whose id or number somebody else has taken at the same moment is left out
 */
export async function insertCopies(
  tx: Tx,
  scope: BusinessScope,
  sources: readonly SharedInvoice[],
  writer: PartyDetails,
  now: Date,
): Promise<number> {
  const [first] = sources;
  if (!first) return 0;
  const party = await tx.counterparty.findUniqueOrThrow({
    where: { businessId_b2bId: { businessId: scope.businessId, b2bId: writer.b2bId } },
    select: { name: true },
  });
  const copies = sources.map((source) => ({ id: uuidv7(), source }));
  const columns = copies.map(({ id, source }) => {
    const content = contentOfRow(source);
    const { paid, status } = paidElsewhere(source);
    return {
      id,
      object_id: source.objectId,
      number: content.supplierInvoiceNumber,
      description: content.description,
      issued: content.issueDate,
      due: content.dueDate,
      total: content.totalPaise,
      paid: paise(paid),
      status,
      version: source.version,
      duplicate_key: sharedKey(source, writer.b2bId),
    };
  });
  const inserted = insertedRows.parse(
    await tx.$queryRaw`${KEPT_PLAN}
      INSERT INTO invoice (business_id, id, side, object_id, supplier_invoice_number, description, issue_date, due_date, total, paid,
                           status, version, source_version, duplicate_key, counterparty_b2b_id, counterparty_name, origin, created_by,
                           created_at, updated_at)
      SELECT ${scope.businessId}::uuid, id, ${otherSide(first.side)}::invoice_side, object_id, number, description, issued, due, total, paid,
             status, version, version, duplicate_key, ${writer.b2bId}, ${party.name}, 'COUNTERPARTY', ${writer.name}, ${now}, ${now}
        FROM json_to_recordset(${JSON.stringify(columns)}::json) AS copy ${INSERTED}
          ON CONFLICT DO NOTHING
      RETURNING id`,
  );
  const ids = new Set(inserted.map(({ id }) => id));
  const entries = copies.flatMap(({ id, source }) => {
    if (!ids.has(id)) return [];
    const after = { objectId: source.objectId, from: writer.b2bId, ...contentOfRow(source), ...saidPaid(source) };
    return { at: now, action: "invoice.received", subjectKind: "invoice" as const, subjectId: id, after };
  });
  await recordAudits(tx, scope, entries);
  return ids.size;
}

/** What the writer's books have as paid of an invoice that this party's books don't have yet: it was paid before this party lived here. */
export function paidElsewhere({ total, paid }: SharedInvoice) {
  const books = { total: paise(total), paid: paise(paid), pending: ZERO, baseStatus: "CREATED" } as const;
  return { paid, status: statusOf(books), baseStatus: books.baseStatus };
}

/** The same for the audit trail; nothing where nothing is paid. */
export const saidPaid = ({ paid }: SharedInvoice) => paid > 0 && { paidPaise: paise(paid) };

/** The columns of a copy that its writer's change writes, in SQL. */
const CHANGED = Prisma.raw(`(
  id uuid, number text, description text, issued date, due date, total bigint, status invoice_status, base_status invoice_status,
  remarks text, duplicate_key text, version int, source_version int)`);

/**
 * Part paid is no hindrance: what was paid is of the writer's books too by then, which allow the new total. What was said of the content
 * before this change doesn't count any more.
 */
export async function changeCopies(
  tx: Tx,
  scope: BusinessScope,
  steps: readonly Extract<Step, { do: "change" }>[],
  writer: PartyDetails,
  now: Date,
): Promise<void> {
  if (steps.length === 0) return;
  const changed = steps.map(({ row, source }) => {
    const content = contentOfRow(source);
    const stands = stillCounts(row, source);
    const baseStatus = stands ? row.baseStatus : "CREATED";
    return {
      id: row.id,
      number: content.supplierInvoiceNumber,
      description: content.description,
      issued: content.issueDate,
      due: content.dueDate,
      total: content.totalPaise,
      status: statusOf({ total: content.totalPaise, paid: paise(row.paid), pending: ZERO, baseStatus }),
      base_status: baseStatus,
      remarks: stands ? row.remarks : null,
      duplicate_key: sharedKey(source, writer.b2bId),
      // Above the one that was read here: an answer to what stood there before must not meet this.
      version: Math.max(row.version + 1, source.version),
      source_version: source.version,
    };
  });
  await tx.$executeRaw`${KEPT_PLAN}
    UPDATE invoice
       SET supplier_invoice_number = changed.number, description = changed.description, issue_date = changed.issued,
           due_date = changed.due, total = changed.total, status = changed.status, base_status = changed.base_status,
           remarks = changed.remarks, duplicate_key = changed.duplicate_key, version = changed.version,
           source_version = changed.source_version, updated_at = ${now}
      FROM json_to_recordset(${JSON.stringify(changed)}::json) AS changed ${CHANGED}
     WHERE invoice.business_id = ${scope.businessId}::uuid AND invoice.id = changed.id`;
  const entries = steps.map(({ row, source }) => ({
    at: now,
    action: "invoice.changed-by-party",
    subjectKind: "invoice" as const,
    subjectId: row.id,
    before: contentOfRow(row),
    after: contentOfRow(source),
  }));
  await recordAudits(tx, scope, entries);
}
