import { mintPaymentObjectId, uuidv7 } from "@/lib/ids";
import { makeBusiness } from "@/tests/books";
import { prisma } from "@/tests/prisma";

// Rows as plain SQL writes them, past all code above the database.

export let businessId: string;
export let otherId: string;

const quoted = (value: unknown): string => {
  if (value === null) return "NULL";
  return typeof value === "number" ? String(value) : `'${String(value).replaceAll("'", "''")}'`;
};

/** Inserts one row by plain SQL; resolves to the name of the constraint that refused it, or null. */
export async function insert(table: string, row: Record<string, unknown>): Promise<string | null> {
  const columns = Object.keys(row);
  const sql = `INSERT INTO "${table}" (${columns.join(", ")}) VALUES (${columns.map((name) => quoted(row[name])).join(", ")})`;
  return run(sql);
}

/** Runs it; resolves as `insert` does. */
export async function run(sql: string): Promise<string | null> {
  const problem = await prisma.$executeRawUnsafe(sql).then(
    () => null,
    (error: Error) => `${error.message} ${JSON.stringify(error)}`,
  );
  if (problem === null) return null;
  return /constraint \\*"(\w+?)\\*"/.exec(problem)?.[1] ?? /fields?: \(?[`"(]*([\w, ]+)/.exec(problem)?.[1] ?? problem;
}

export const invoice = (changes: Record<string, unknown> = {}) => ({
  business_id: businessId,
  id: uuidv7(),
  side: "PAYABLE",
  object_id: uuidv7(),
  supplier_invoice_number: "1",
  counterparty_b2b_id: "OTHER@BCB",
  counterparty_name: "Other",
  issue_date: "2026-11-01",
  due_date: "2026-12-01",
  total: 100,
  created_by: "test",
  ...changes,
});

export const payment = (changes: Record<string, unknown> = {}) => ({
  business_id: businessId,
  object_id: mintPaymentObjectId(),
  side: "OUTGOING",
  counterparty_b2b_id: "OTHER@BCB",
  counterparty_name: "Other",
  type: "OFFPLATFORM",
  mode: "NEFT",
  utr: "U",
  paid_at: "2026-11-20T10:00:00Z",
  net: 90,
  adjustment: 10,
  total: 100,
  status: "SENDING",
  request_hash: "h",
  created_by: "test",
  ...changes,
});

export const answer = (response: string) => ({
  supplier_response: response,
  supplier_remarks: "r",
  responded_by: "p",
  responded_at: "2026-11-20T10:00:00Z",
});

export const message = (changes: Record<string, unknown> = {}) => ({
  business_id: businessId,
  id: uuidv7(),
  direction: "IN",
  operation: "REQ_PAY",
  side: "SUPPLIER",
  object_id: mintPaymentObjectId(),
  body: "{}",
  content_hash: "h",
  state: "TAKEN",
  ...changes,
});

export const queued = { direction: "OUT", state: "QUEUED", next_attempt_at: "2026-11-20T10:00:00Z" };

/** Two businesses, each of which knows a party. */
export async function makePlainBusinesses(): Promise<void> {
  businessId = (await makeBusiness("Anvaya")).businessId;
  otherId = (await makeBusiness("Kaveri")).businessId;
  for (const business_id of [businessId, otherId])
    await insert("counterparty", { business_id, b2b_id: "OTHER@BCB", name: "Other" });
}
