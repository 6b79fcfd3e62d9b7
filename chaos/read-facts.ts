import { join } from "node:path";
import type pg from "pg";
import { z } from "zod";
import type { EventFact, Facts, InvoiceFact, LineFact, MessageFact, PaymentFact, TransferFact } from "@/chaos/facts";
import { DECOY } from "@/chaos/world";
import { contentHash } from "@/features/protocol/content-hash";
import { Journal, type JournalEntry } from "@/sandbox/journal";

/** What the portal's own tables say, of everyone but the decoy. */
export type TableFacts = Pick<
  Facts,
  "hosted" | "invoices" | "payments" | "lines" | "messages" | "events" | "sharing" | "unsealed"
>;

/** Amounts leave PostgreSQL as `float8`: whole numbers below 2⁵³ stay exact, and arrive as numbers. */
const INVOICES = `SELECT b.b2b_id AS business, i.id, i.side, i.object_id AS "objectId", i.counterparty_b2b_id AS counterparty,
  i.total::float8, i.paid::float8, i.pending::float8, i.status, i.base_status AS "baseStatus"
  FROM invoice i JOIN business b ON b.id = i.business_id WHERE b.slug <> $1`;
const PAYMENTS = `SELECT b.b2b_id AS business, p.object_id AS "objectId", p.side, p.counterparty_b2b_id AS counterparty, p.type, p.mode,
  p.utr, extract(epoch FROM p.paid_at)::float8 * 1000 AS "paidAt", p.net::float8, p.adjustment::float8, p.total::float8, p.status, p.supplier_response AS response,
  p.supplier_remarks AS remarks, p.failure_code AS "failureCode"
  FROM payment p JOIN business b ON b.id = p.business_id WHERE b.slug <> $1`;
const LINES = `SELECT b.b2b_id AS business, l.payment_object_id AS payment, l.invoice_id AS "invoiceId", i.object_id AS invoice, l.net::float8,
  l.adjustment::float8, l.total::float8,
  (l.side, l.made_at, l.paid_at, l.payment_total, l.search) IS NOT DISTINCT FROM
  (p.side, p.created_at, p.paid_at, p.total, line_words(p.utr, p.counterparty_name, i.supplier_invoice_number)) AS "isTrue"
  FROM payment_line l JOIN business b ON b.id = l.business_id
  LEFT JOIN payment p ON p.business_id = l.business_id AND p.object_id = l.payment_object_id
  LEFT JOIN invoice i ON i.business_id = l.business_id AND i.id = l.invoice_id WHERE b.slug <> $1`;
const MESSAGES = `SELECT b.b2b_id AS business, m.direction, m.operation, m.side, m.object_id AS "objectId", m.revision,
  m.req_msg_id AS "reqMsgId", m.content_hash AS "contentHash", m.state, extract(epoch FROM m.next_attempt_at)::float8 * 1000 AS "nextAttemptAt",
  m.last_error AS "lastError" FROM message m JOIN business b ON b.id = m.business_id WHERE b.slug <> $1`;
const EVENTS = `SELECT b.b2b_id AS business, e.action, e.subject_id AS payment
  FROM audit_event e JOIN business b ON b.id = e.business_id WHERE b.slug <> $1 AND e.subject_kind = 'payment'`;
const SHARING = `SELECT i.object_id AS "objectId", j.locked_at IS NULL AND j.run_at < now() - interval '10 s' AS due
  FROM graphile_worker.jobs j JOIN invoice i ON j.key LIKE 'share-invoice:%:' || i.id WHERE $1::text IS NOT NULL`;
const UNSEALED = `SELECT count(*)::int AS count FROM audit_event e WHERE $1::text IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM (SELECT business_id, unnest(event_ids) AS id FROM audit_seal) s WHERE s.business_id = e.business_id AND s.id = e.id)`;

/** Reads the tables in one snapshot. */
export async function readTables(client: pg.ClientBase): Promise<TableFacts> {
  const rows = async <Row extends object>(sql: string) => (await client.query<Row>(sql, [DECOY.slug])).rows;
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  try {
    const hosted = await rows<{ b2bId: string }>('SELECT b2b_id AS "b2bId" FROM business WHERE slug <> $1');
    return {
      hosted: hosted.map(({ b2bId }) => b2bId),
      invoices: await rows<InvoiceFact>(INVOICES),
      payments: await rows<PaymentFact>(PAYMENTS),
      lines: await rows<LineFact>(LINES),
      messages: await rows<MessageFact>(MESSAGES),
      events: await rows<EventFact>(EVENTS),
      sharing: await rows<Facts["sharing"][number]>(SHARING),
      unsealed: (await rows<{ count: number }>(UNSEALED))[0]?.count ?? 0,
    };
  } finally {
    await client.query("ROLLBACK");
  }
}

const Body = z.object({
  b2bIds: z.object({ buyerB2BId: z.string(), supplierB2BId: z.string() }),
  payment: z.object({ objectId: z.string() }).optional(),
  paymentConfirmation: z.object({ objectId: z.string(), supplierResponse: z.string() }).optional(),
});

/** What the network promised, from the journal that it writes before each ack. */
export async function readTransfers(dataDir: string): Promise<TransferFact[]> {
  return toTransfers(await new Journal(join(dataDir, "sandbox", "journal.jsonl")).read());
}

export function toTransfers(entries: readonly JournalEntry[]): TransferFact[] {
  const transfers = new Map<string, TransferFact>();
  for (const entry of entries) {
    const known = transfers.get(entry.reqMsgId);
    if (entry.event === "taken") {
      const value: unknown = JSON.parse(entry.body);
      const { b2bIds, payment, paymentConfirmation } = Body.parse(value);
      transfers.set(entry.reqMsgId, {
        reqMsgId: entry.reqMsgId,
        operation: entry.operation,
        result: null,
        settled: false,
        objectId: payment?.objectId ?? paymentConfirmation?.objectId ?? "",
        buyer: b2bIds.buyerB2BId,
        supplier: b2bIds.supplierB2BId,
        response: paymentConfirmation?.supplierResponse ?? null,
        contentHash: contentHash(value),
      });
    } else if (known)
      transfers.set(
        entry.reqMsgId,
        entry.event === "answered" ? { ...known, result: entry.result } : { ...known, settled: true },
      );
  }
  return [...transfers.values()];
}
