import type { Operation } from "@/features/protocol/schema";
import { messageOf, TOTAL_PAISE } from "./trade";

/*
 * SQL that brings the portal's books to where the messages of payments $1 to $2 find them, each business's as its own mutations
 * would have left it. $3: how many buyers and suppliers there are.
 */

const HEX = "lpad(to_hex(n), 32, '0')";
const EACH = "FROM generate_series($1::bigint, $2::bigint) n";

/** Buyers and suppliers, and each one's entry in the other's address book. $1: how many. */
export const BUSINESSES_SQL = `
  WITH party AS (
    SELECT k, kind, lpad(to_hex(k * 2 + (kind = 'BUYER')::int + 1000000000000), 32, '0')::uuid AS id
      FROM generate_series(0, $1::int - 1) k, unnest(ARRAY['BUYER', 'SUPPLIER']) kind
  ), made AS (
    INSERT INTO business (id, slug, b2b_id, legal_name, trade_name, geocode)
    SELECT id, lower(kind) || k, kind || k || '@BCB', kind || k || ' Private Limited', kind || k, '19.0760,72.8777' FROM party
    RETURNING id
  )
  INSERT INTO counterparty (business_id, b2b_id, name)
  SELECT id, CASE kind WHEN 'BUYER' THEN 'SUPPLIER' ELSE 'BUYER' END || k || '@BCB',
         CASE kind WHEN 'BUYER' THEN 'Supplier ' ELSE 'Buyer ' END || k
    FROM party JOIN made USING (id)`;

/** As the id in BUSINESSES_SQL, of the business that takes payment n's message. */
const owner = (kind: "BUYER" | "SUPPLIER") =>
  `lpad(to_hex((n % $3) * 2 + ${kind === "BUYER" ? 1 : 0} + 1000000000000), 32, '0')::uuid`;

function invoices(kind: "BUYER" | "SUPPLIER", claimed: boolean): string {
  const other = kind === "BUYER" ? "SUPPLIER" : "BUYER";
  return `
    INSERT INTO invoice (business_id, id, side, object_id, supplier_invoice_number, counterparty_b2b_id, counterparty_name,
                         issue_date, due_date, total, pending, status, version, origin, duplicate_key, created_by)
    SELECT ${owner(kind)}, ${HEX}::uuid, '${kind === "BUYER" ? "PAYABLE" : "RECEIVABLE"}', 'INV' || ${HEX}, 'KM/' || n,
           '${other}' || (n % $3) || '@BCB', '${other} ' || (n % $3), date '2026-10-01' + (n % 50)::int, date '2026-12-01' + (n % 50)::int,
           ${TOTAL_PAISE}, ${claimed ? TOTAL_PAISE : 0}, '${claimed ? "PAYMENT_INITIATED" : "CREATED"}', ${claimed ? 2 : 1},
           '${kind === "BUYER" ? "COUNTERPARTY" : "OWN"}', 'key ' || n, 'the bench'
    ${EACH}`;
}

function payments(kind: "BUYER" | "SUPPLIER", status: "SENDING" | "AWAITING_CONFIRMATION" | "CONFIRMING"): string {
  const other = kind === "BUYER" ? "SUPPLIER" : "BUYER";
  const answer = status === "CONFIRMING" ? "'ACCEPT', 'Received', 'A clerk', now()" : "NULL, NULL, NULL, NULL";
  return `
    INSERT INTO payment (business_id, object_id, side, counterparty_b2b_id, counterparty_name, type, mode, utr, paid_at, net,
                         adjustment, total, status, supplier_response, supplier_remarks, responded_by, responded_at, request_hash,
                         created_by)
    SELECT ${owner(kind)}, 'PMT' || ${HEX}, '${kind === "BUYER" ? "OUTGOING" : "INCOMING"}', '${other}' || (n % $3) || '@BCB',
           '${other} ' || (n % $3), 'OFFPLATFORM', 'NEFT', 'HDFCN26324123456', now(), ${TOTAL_PAISE} - 2000, 2000, ${TOTAL_PAISE},
           '${status}', ${answer}, md5(n::text), 'the bench'
    ${EACH}`;
}

const lines = (kind: "BUYER" | "SUPPLIER") => `
  INSERT INTO payment_line (business_id, payment_object_id, invoice_id, position, net, adjustment, total, invoice_total, invoice_due,
                            current_version, new_version, current_status, new_status)
  SELECT ${owner(kind)}, 'PMT' || ${HEX}, ${HEX}::uuid, 0, ${TOTAL_PAISE} - 2000, 2000, ${TOTAL_PAISE}, ${TOTAL_PAISE}, ${TOTAL_PAISE},
         1, 2, 'CREATED', 'PAYMENT INITIATED'
  ${EACH}`;

/** What this business sent before, delivered and acknowledged by the network. */
function sent(kind: "BUYER" | "SUPPLIER", operation: "REQ_PAY" | "REQ_PAY_CONFIRMATION"): string {
  const body = messageOf(operation === "REQ_PAY" ? "req-pay" : "req-pay-confirmation", 0, 1).replaceAll("'", "''");
  return `
    INSERT INTO message (business_id, id, direction, operation, side, object_id, req_msg_id, body, content_hash, state, attempts,
                         settled_at)
    SELECT ${owner(kind)}, ${HEX}::uuid, 'OUT', '${operation}', '${kind}', 'PMT' || ${HEX}, 'REQ' || ${HEX}, '${body}', md5(n::text),
           'DELIVERED', 1, now()
    ${EACH}`;
}

/** Statements with parameters $1 (first payment), $2 (last), $3 (businesses). */
export const BOOKS_SQL: Record<Operation, readonly string[]> = {
  "req-pay": [invoices("SUPPLIER", false)],
  "resp-pay": [invoices("BUYER", true), payments("BUYER", "SENDING"), lines("BUYER"), sent("BUYER", "REQ_PAY")],
  "req-pay-confirmation": [
    invoices("BUYER", true),
    payments("BUYER", "AWAITING_CONFIRMATION"),
    lines("BUYER"),
    sent("BUYER", "REQ_PAY"),
  ],
  "resp-pay-confirmation": [
    invoices("SUPPLIER", true),
    payments("SUPPLIER", "CONFIRMING"),
    lines("SUPPLIER"),
    sent("SUPPLIER", "REQ_PAY_CONFIRMATION"),
  ],
};
