import type { Operation } from "@/features/protocol/schema";
import { TOTAL_PAISE } from "../gateway/trade";

/** The peer's tables: keys, and the one index that each list of theirs would be read by. */
export const TABLES_SQL = `
  CREATE TABLE invoice (
    business text, object_id text, number text, counterparty text, due_date date, total bigint, paid bigint, pending bigint,
    status text, version int, updated_at timestamptz DEFAULT now(), PRIMARY KEY (business, object_id));
  CREATE INDEX ON invoice (business, due_date);
  CREATE TABLE payment (
    business text, object_id text, counterparty text, type text, mode text, utr text, paid_at timestamptz, net bigint,
    adjustment bigint, total bigint, status text, remarks text, created_at timestamptz DEFAULT now(), PRIMARY KEY (business, object_id));
  CREATE INDEX ON payment (business, created_at);
  CREATE TABLE payment_line (
    business text, payment_id text, invoice_id text, net bigint, adjustment bigint, total bigint, splits jsonb,
    PRIMARY KEY (business, payment_id, invoice_id));
  CREATE TABLE event (id uuid PRIMARY KEY, business text, payment_id text, kind text, at timestamptz DEFAULT now());
  CREATE TABLE message (
    id uuid PRIMARY KEY, business text, operation text, payment_id text, req_msg_id text, body text, created_at timestamptz DEFAULT now());
  ALTER TABLE message ALTER COLUMN body SET STORAGE EXTERNAL, SET (toast_tuple_target = 8160);`;

/**
 * What the peer would have to keep for lists, filters and searches as quick as the portal's at a million invoices: the portal's own
 * indexes, without those of its safeguards.
 */
export const LISTS_SQL = `
  CREATE EXTENSION IF NOT EXISTS btree_gin;
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  ALTER TABLE invoice ADD issue_date date NOT NULL DEFAULT '2026-10-01';
  DROP INDEX invoice_business_due_date_idx;
  CREATE INDEX ON invoice (business, due_date, object_id, issue_date, counterparty);
  CREATE INDEX ON invoice (business, issue_date, object_id, counterparty);
  CREATE INDEX ON invoice (business, total, object_id, issue_date, counterparty);
  CREATE INDEX ON invoice (business, number, object_id, issue_date, counterparty);
  CREATE INDEX ON invoice (business, counterparty, object_id, issue_date);
  CREATE INDEX ON invoice (business, counterparty, due_date);
  CREATE INDEX ON invoice (business, due_date, object_id) INCLUDE (total, paid, pending, status, counterparty, issue_date)
   WHERE status IN ('CREATED', 'PART PAID', 'PAYMENT INITIATED');
  CREATE INDEX ON invoice USING gin (business, (' ' || number || ' ' || counterparty || ' ') gin_trgm_ops)
   WITH (gin_pending_list_limit = 512);
  CREATE INDEX ON payment (business, counterparty, created_at);
  CREATE INDEX ON payment (business, paid_at, object_id);
  CREATE INDEX ON payment (business, total, object_id);
  CREATE INDEX ON payment (business, utr);
  CREATE INDEX ON payment (business, net) WHERE adjustment > 0;
  CREATE INDEX ON payment (business, status, created_at, object_id) INCLUDE (total, counterparty, paid_at) WHERE status <> 'ACCEPTED';
  CREATE INDEX ON payment_line (business, invoice_id);
  ALTER TABLE payment_line ADD search text GENERATED ALWAYS AS
   ('km/' || right(invoice_id, 8) || ' ' || lower(business) || ' hdfcn26324123456') STORED;
  CREATE INDEX ON payment_line USING gin (business, search gin_trgm_ops) WITH (gin_pending_list_limit = 512);
  CREATE INDEX ON event (business, payment_id, at);
  CREATE INDEX ON message (business, req_msg_id);`;

const message = (operation: Operation, body: number, business: number, payment: number) => `
  message AS (INSERT INTO message (id, business, operation, payment_id, req_msg_id, body)
    VALUES ($1, $${business}, '${operation}', $${payment}, $3, $${body}))`;
const event = (kind: string, business: number, payment: number) => `
  event AS (INSERT INTO event (id, business, payment_id, kind) VALUES ($2, $${business}, $${payment}, '${kind}'))`;

/** One statement a message. $1: message id, $2: event id, $3: reqMsgId, $4: body, $5: whose, then what the message says. */
export const STATEMENTS: Record<Operation, string> = {
  "req-pay": `
    WITH ${message("req-pay", 4, 5, 7)}, ${event("received", 5, 7)},
    line AS (SELECT * FROM json_to_recordset($15::json) AS line(object_id text, net bigint, adjustment bigint, total bigint, splits jsonb)),
    claimed AS (UPDATE invoice SET pending = pending + line.total, status = 'PAYMENT INITIATED', version = version + 1, updated_at = now()
      FROM line WHERE invoice.business = $5 AND invoice.object_id = line.object_id),
    lines AS (INSERT INTO payment_line SELECT $5, $7, line.object_id, line.net, line.adjustment, line.total, line.splits FROM line)
    INSERT INTO payment (business, object_id, counterparty, type, mode, utr, paid_at, net, adjustment, total, status)
    VALUES ($5, $7, $6, $8, $9, $10, $11, $12, $13, $14, 'AWAITING')`,
  "resp-pay": `
    WITH ${message("resp-pay", 4, 5, 6)}, ${event("delivered", 5, 6)}
    UPDATE payment SET status = 'AWAITING' WHERE business = $5 AND object_id = $6`,
  "req-pay-confirmation": `
    WITH ${message("req-pay-confirmation", 4, 5, 6)}, ${event("answered", 5, 6)},
    moved AS (UPDATE invoice SET pending = pending - line.total, paid = paid + line.total, status = 'PAID', version = version + 1,
                                 updated_at = now()
      FROM payment_line line WHERE line.business = $5 AND line.payment_id = $6
       AND invoice.business = $5 AND invoice.object_id = line.invoice_id)
    UPDATE payment SET status = $7, remarks = $8 WHERE business = $5 AND object_id = $6`,
  "resp-pay-confirmation": `
    WITH ${message("resp-pay-confirmation", 4, 5, 6)}, ${event("answered", 5, 6)},
    moved AS (UPDATE invoice SET pending = pending - line.total, paid = paid + line.total, status = 'PAID', version = version + 1,
                                 updated_at = now()
      FROM payment_line line WHERE line.business = $5 AND line.payment_id = $6
       AND invoice.business = $5 AND invoice.object_id = line.invoice_id)
    UPDATE payment SET status = 'ACCEPTED' WHERE business = $5 AND object_id = $6`,
};

const HEX = "lpad(to_hex(n), 32, '0')";
const EACH = "FROM generate_series($1::bigint, $2::bigint) n";

function books(kind: "BUYER" | "SUPPLIER", paying: boolean): readonly string[] {
  const other = kind === "BUYER" ? "SUPPLIER" : "BUYER";
  const whose = `'${kind}' || (n % $3) || '@BCB'`;
  const invoices = `
    INSERT INTO invoice SELECT ${whose}, 'INV' || ${HEX}, 'KM/' || n, '${other}' || (n % $3) || '@BCB', date '2026-12-01' + (n % 50)::int,
      ${TOTAL_PAISE}, 0, ${paying ? TOTAL_PAISE : 0}, '${paying ? "PAYMENT INITIATED" : "CREATED"}', 1 ${EACH}`;
  if (!paying) return [invoices];
  return [
    invoices,
    `INSERT INTO payment SELECT ${whose}, 'PMT' || ${HEX}, '${other}' || (n % $3) || '@BCB', 'OFFPLATFORM', 'NEFT', 'HDFCN26324123456',
       now(), ${TOTAL_PAISE} - 2000, 2000, ${TOTAL_PAISE}, 'SENDING' ${EACH}`,
    `INSERT INTO payment_line SELECT ${whose}, 'PMT' || ${HEX}, 'INV' || ${HEX}, ${TOTAL_PAISE} - 2000, 2000, ${TOTAL_PAISE}, '[]'
       ${EACH}`,
  ];
}

/** What its messages find, as BOOKS_SQL does for the portal: $1 first payment, $2 last, $3 businesses. */
export const PEER_BOOKS_SQL: Record<Operation, readonly string[]> = {
  "req-pay": books("SUPPLIER", false),
  "resp-pay": books("BUYER", true),
  "req-pay-confirmation": books("BUYER", true),
  "resp-pay-confirmation": books("SUPPLIER", true),
};
