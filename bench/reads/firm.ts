import pg from "pg";
import { type BusinessScope, mintScope } from "@/features/businesses/scope";

/** A business of the filled books, and rows of it to ask for. */
export interface Firm {
  scope: BusinessScope;
  /** The side on which most of its invoices are. */
  invoices: { side: "payable" | "receivable"; count: number; sample: InvoiceSample[] };
  payments: { side: "outgoing" | "incoming"; count: number; sample: PaymentSample[] };
  /** Ids of events of its audit trail. */
  events: string[];
  /** B2B IDs of its parties, the busiest first. */
  parties: string[];
}

export interface InvoiceSample {
  id: string;
  objectId: string;
  supplierInvoiceNumber: string;
  counterpartyName: string;
  dueDate: string;
  issueDate: string;
  total: string;
}

export interface PaymentSample {
  objectId: string;
  utr: string;
  total: string;
  createdAt: Date;
  paidAt: Date;
}

const INVOICE_SAMPLE = `
  SELECT id, object_id AS "objectId", supplier_invoice_number AS "supplierInvoiceNumber", counterparty_name AS "counterpartyName", due_date::text AS "dueDate",
         issue_date::text AS "issueDate", total::text FROM invoice
   WHERE business_id = $1 AND side = $2 ORDER BY md5(id::text) LIMIT 40`;
const PAYMENT_SAMPLE = `
  SELECT object_id AS "objectId", utr, total::text, created_at AS "createdAt", paid_at AS "paidAt" FROM payment
   WHERE business_id = $1 AND side = $2 ORDER BY object_id LIMIT 40`;

const EVENT_SAMPLE = "SELECT id FROM audit_event WHERE business_id = $1 ORDER BY md5(id::text) LIMIT 40";

/** What the bench asks one business's books for: rows chosen without regard to any order. */
export async function firmOf(databaseUrl: string, no: number): Promise<Firm> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const rows = async <T extends object>(sql: string, values: unknown[]) => (await client.query<T>(sql, values)).rows;
  try {
    const [firm] = await rows<{ id: string; b2bId: string }>(
      `SELECT id, b2b_id AS "b2bId" FROM bench.firm WHERE no = $1`,
      [no],
    );
    if (!firm) throw new Error(`the books hold no business ${no}`);
    const bySide = (table: "invoice" | "payment") =>
      rows<{ side: string; count: number }>(
        `SELECT side, count(*)::int FROM ${table} WHERE business_id = $1 GROUP BY side ORDER BY 2 DESC LIMIT 1`,
        [firm.id],
      );
    const [[invoices], [payments]] = [await bySide("invoice"), await bySide("payment")];
    if (!invoices || !payments) throw new Error(`business ${no} has no books`);
    const actor = { kind: "USER", id: "bench", name: "Bench" } as const;
    const parties = await rows<{ b2bId: string }>(
      `SELECT b2b_id AS "b2bId" FROM bench.party WHERE no = $1 ORDER BY p`,
      [no],
    );
    return {
      scope: mintScope({ businessId: firm.id, b2bId: firm.b2bId, actor, role: "VIEWER" }),
      invoices: {
        side: invoices.side === "PAYABLE" ? "payable" : "receivable",
        count: invoices.count,
        sample: await rows<InvoiceSample>(INVOICE_SAMPLE, [firm.id, invoices.side]),
      },
      payments: {
        side: payments.side === "OUTGOING" ? "outgoing" : "incoming",
        count: payments.count,
        sample: await rows<PaymentSample>(PAYMENT_SAMPLE, [firm.id, payments.side]),
      },
      events: (await rows<{ id: string }>(EVENT_SAMPLE, [firm.id])).map(({ id }) => id),
      parties: parties.map(({ b2bId }) => b2bId),
    };
  } finally {
    await client.end();
  }
}
