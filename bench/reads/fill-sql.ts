import { partyName } from "./words";

/**
 * The books of many businesses as set-based SQL: a million invoices take minutes, where the portal's own mutations would take hours.
 * Every value comes from a hash of a row's number and the seed, so that the same size and seed give the same books anywhere.
 *
 * Each step is one transaction. `$from` and `$to` are the numbers of the invoices that it writes, in the order of time: businesses
 * are mixed on the disk as they are after years of use, which is the slow case for whoever reads one of them.
 */

/** The day and time at which all of it is read. */
export const NOW = new Date("2026-11-20T06:30:00Z");

const TODAY = "date '2026-11-20'";
const DAYS = 1095;

/** A number in [0, 1) for a row and a purpose. */
const FUNCTIONS = `
  CREATE SCHEMA IF NOT EXISTS bench;
  CREATE TABLE IF NOT EXISTS bench.step (name text PRIMARY KEY);
  CREATE OR REPLACE FUNCTION bench.u(n bigint, purpose int) RETURNS float8 LANGUAGE sql IMMUTABLE
    AS 'SELECT (hashint8extended(n, purpose) & 2147483647) / 2147483648.0';
  CREATE OR REPLACE FUNCTION bench.key(text) RETURNS uuid LANGUAGE sql IMMUTABLE
    AS $$ SELECT overlay(overlay(md5($1) PLACING '7' FROM 13) PLACING '8' FROM 17)::uuid $$;
  CREATE OR REPLACE FUNCTION bench.key_at(at timestamptz, text) RETURNS uuid LANGUAGE sql IMMUTABLE
    AS $$ SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5($2), 1, 3) || '8' ||
                  substr(md5($2), 4, 15))::uuid $$;`;

/** A fifth of all invoices belong to the largest business, a tenth and a twentieth to the next; the others share the rest. */
const firms = (invoices: number) => {
  const count = Math.min(200, Math.max(20, Math.round(invoices / 5000)));
  return `
    CREATE TABLE bench.firm AS
    SELECT no, bench.key('firm' || no) AS id, 'FIRM' || no || '@BCB' AS b2b_id, size,
           greatest(5, least(2000, size / 25)) AS parties
      FROM (SELECT no, (CASE no WHEN 0 THEN 0.2 WHEN 1 THEN 0.1 WHEN 2 THEN 0.05 ELSE 0.65 / ${count - 3} END * ${invoices})::int AS size
              FROM generate_series(0, ${count - 1}) no) sized;
    INSERT INTO business (id, slug, b2b_id, legal_name, trade_name, geocode, created_at, updated_at)
    SELECT id, 'firm-' || no, b2b_id, 'Firm ' || no || ' Private Limited', 'Firm ' || no, '19.0760,72.8777', now(), now() FROM bench.firm;
    CREATE TABLE bench.party AS
    SELECT no, p, 'P' || no || 'X' || p || '@BCB' AS b2b_id, ${partyName("no * 5000 + p")} AS name
      FROM bench.firm, generate_series(0, parties - 1) p;
    CREATE UNIQUE INDEX ON bench.party (no, p);
    INSERT INTO counterparty (business_id, b2b_id, name, gstin)
    SELECT id, party.b2b_id, name, '27AAPFU0939F1ZV' FROM bench.party JOIN bench.firm USING (no);`;
};

/** What each invoice is, before it is written: whose, when, and how far it got. */
const items = (invoices: number) => `
  CREATE UNLOGGED TABLE bench.item AS
  WITH drawn AS (
    SELECT g, u1, ${TODAY} - ${DAYS} + floor(g * ${DAYS}.0 / ${invoices + 1})::int AS issue,
           (ARRAY[0, 15, 30, 30, 45, 60])[1 + floor(6 * bench.u(g, 4))::int] AS terms,
           floor(exp(6 + 8 * bench.u(g, 5)))::bigint * 100 AS total, bench.u(g, 6) AS v, bench.u(g, 7) AS w, bench.u(g, 8) AS x,
           CASE WHEN u1 < 0.2 THEN 0 WHEN u1 < 0.3 THEN 1 WHEN u1 < 0.35 THEN 2
                ELSE 3 + floor((u1 - 0.35) / 0.65 * ((SELECT count(*) FROM bench.firm) - 3))::int END AS no
      FROM (SELECT g, bench.u(g, 1) AS u1 FROM generate_series(1, ${invoices}::bigint) g) numbered),
  placed AS (
    SELECT drawn.*, firm.id AS business_id, issue + terms AS due, ${TODAY} - (issue + terms) AS late,
           floor(firm.parties * bench.u(g, 3) ^ 3)::int AS p,
           CASE WHEN bench.u(g, 2) < CASE no % 2 WHEN 0 THEN 0.75 ELSE 0.25 END THEN 'RECEIVABLE' ELSE 'PAYABLE' END AS side,
           issue + interval '3 hours 30 minutes' + bench.u(g, 9) * interval '8 hours' AS created
      FROM drawn JOIN bench.firm USING (no)),
  judged AS (
    SELECT placed.*, CASE
             WHEN v < 0.010 THEN 'CANCELLED' WHEN v < 0.016 THEN 'REJECTED' WHEN v < 0.022 THEN 'RETURNED'
             WHEN w < CASE WHEN late > 15 THEN 0.965 WHEN late >= 0 THEN 0.70 ELSE 0.25 END THEN 'PAID'
             WHEN w < CASE WHEN late > 15 THEN 0.975 WHEN late >= 0 THEN 0.74 ELSE 0.28 END THEN 'PART_PAID'
             WHEN w < CASE WHEN late > 15 THEN 0.985 WHEN late >= 0 THEN 0.80 ELSE 0.36 END THEN 'PAYMENT_INITIATED'
             WHEN x < 0.5 THEN 'CREATED' ELSE 'ACCEPTED' END AS status
      FROM placed)
  SELECT g, no, business_id, side, party.b2b_id, party.name, issue, due, created AT TIME ZONE 'UTC' AS created, total, status, x,
         bench.key_at(created AT TIME ZONE 'UTC', 'invoice' || g) AS id,
         CASE WHEN side = 'RECEIVABLE' THEN 'F' || no ELSE upper(substr(party.name, 1, 2)) || p END || '/' || to_char(issue, 'YY-MM') || '/'
           || lpad(g::text, 7, '0') AS number,
         CASE status WHEN 'PAID' THEN 1 + floor(x * 6)::int WHEN 'PART_PAID' THEN 1 + floor(x * 3)::int
           WHEN 'PAYMENT_INITIATED' THEN 1 + floor(x * 4)::int
           WHEN 'CREATED' THEN (x < 0.04)::int WHEN 'ACCEPTED' THEN (x > 0.96)::int ELSE 0 END AS pays,
         lead(bench.key_at(created AT TIME ZONE 'UTC', 'invoice' || g)) OVER (PARTITION BY no, side, p ORDER BY g) AS neighbour
    FROM judged JOIN bench.party USING (no, p);
  CREATE UNIQUE INDEX ON bench.item (g);
  ANALYZE bench.item`;

const INVOICES = `
  INSERT INTO invoice (business_id, id, side, object_id, supplier_invoice_number, counterparty_b2b_id, counterparty_name, description,
                       issue_date, due_date, total, paid, pending, status, base_status, remarks, version, origin, duplicate_key, created_by,
                       created_at, updated_at)
  SELECT business_id, id, side::invoice_side, 'INV' || md5('object' || g), number, b2b_id, name,
         (ARRAY['Copper tubes', 'Cold rolled sheet', 'Packing material', 'Annual maintenance', 'Freight Mumbai to Pune', 'Valves', '',
                'Printing and stationery'])[1 + floor(8 * bench.u(g, 10))::int],
         issue, due, total,
         CASE status WHEN 'PAID' THEN total WHEN 'PART_PAID' THEN total / 3 WHEN 'PAYMENT_INITIATED' THEN total / 4 ELSE 0 END,
         CASE status WHEN 'PAYMENT_INITIATED' THEN CASE WHEN x < 0.5 THEN total - total / 4 ELSE total / 2 END ELSE 0 END,
         status::invoice_status,
         (CASE WHEN status IN ('CANCELLED', 'REJECTED', 'RETURNED', 'CREATED') THEN status ELSE 'ACCEPTED' END)::invoice_status,
         CASE WHEN status IN ('REJECTED', 'RETURNED') THEN 'Not as ordered' END,
         1 + pays, (CASE WHEN side = 'RECEIVABLE' THEN 'OWN' ELSE 'COUNTERPARTY' END)::invoice_origin,
         CASE WHEN status <> 'CANCELLED' THEN b2b_id || '|' || number END, 'Asha Rao', created, created
    FROM bench.item WHERE g BETWEEN $from AND $to ORDER BY g`;

/** One to six a settled invoice, with a few that were rejected or failed on the way; the last of an initiated one is under way. */
const PAYMENTS = `
  CREATE UNLOGGED TABLE IF NOT EXISTS bench.pay AS SELECT * FROM (
    SELECT item.*, k, g * 8 + k AS n, 'PMT' || md5(g || '/' || k) AS object_id,
           CASE WHEN side = 'PAYABLE' THEN 'OUTGOING' ELSE 'INCOMING' END AS way,
           CASE WHEN status = 'PAYMENT_INITIATED' AND k = pays
                THEN CASE WHEN side = 'PAYABLE' THEN (ARRAY['SENDING', 'AWAITING_CONFIRMATION'])[1 + (bench.u(g * 8 + k, 11) > 0.3)::int]
                          ELSE (ARRAY['CONFIRMING', 'AWAITING_CONFIRMATION'])[1 + (bench.u(g * 8 + k, 11) > 0.15)::int] END
                WHEN status IN ('CREATED', 'ACCEPTED') OR (k < pays AND bench.u(g * 8 + k, 12) < 0.06)
                THEN CASE WHEN side = 'PAYABLE' AND bench.u(g * 8 + k, 13) < 0.5 THEN 'FAILED' ELSE 'REJECTED' END
                ELSE 'ACCEPTED' END AS pay_status,
           CASE WHEN status = 'PAYMENT_INITIATED' AND k = pays OR status IN ('CREATED', 'ACCEPTED')
                THEN greatest(created, timestamptz '2026-11-20T06:00:00Z' - bench.u(g * 8 + k, 14) * interval '40 days')
                ELSE created + (least(due + 10, ${TODAY}) - issue) * k / (pays + 1.0) * interval '1 day' END AS sent,
           greatest(1, total / greatest(pays, 1)) AS amount, bench.u(g * 8 + k, 15) < 0.15 AND neighbour IS NOT NULL AS double
      FROM bench.item, generate_series(1, pays) k) drawn WITH NO DATA;
  TRUNCATE bench.pay;`;

const DRAW_PAYMENTS = PAYMENTS.replace(/^[\s\S]*AS SELECT \* FROM/, "INSERT INTO bench.pay SELECT * FROM").replace(
  /WITH NO DATA;[\s\S]*$/,
  "WHERE g BETWEEN $from AND $to ORDER BY sent",
);

/** Of a payment that `bench.pay` holds. */
const UTR = `(ARRAY['HDFCN', 'ICICR', 'SBINH', 'UTIBN'])[1 + floor(4 * bench.u(n, 18))::int] || to_char(sent, 'YYDDD') || lpad((n % 1000000)::text, 6, '0')`;

const PAID_AT = "sent - bench.u(n, 19) * interval '9 hours'";
const WHOLE = "amount + double::int * 10000";

const WRITE_PAYMENTS = `
  INSERT INTO payment (business_id, object_id, side, counterparty_b2b_id, counterparty_name, type, mode, utr, paid_at, net, adjustment,
                       total, status, supplier_response, supplier_remarks, responded_by, responded_at, failure_code, failure_detail,
                       request_hash, created_by, created_at, updated_at)
  SELECT business_id, object_id, way::payment_side, b2b_id, name,
         (CASE WHEN pay_status = 'REJECTED' OR bench.u(n, 16) < 0.7 THEN 'OFFPLATFORM' ELSE 'ONPLATFORM' END)::payment_type,
         (ARRAY['NEFT', 'IMPS', 'UPI', 'INTERNET_BANKING'])[1 + floor(4 * bench.u(n, 17))::int]::payment_mode,
         ${UTR},
         ${PAID_AT}, whole - taken, taken, whole, pay_status::payment_status,
         answered::supplier_response, CASE WHEN answered IS NOT NULL THEN 'Seen in the bank' END,
         CASE WHEN answered IS NOT NULL THEN 'Latha' END, CASE WHEN answered IS NOT NULL THEN sent + interval '3 hours' END,
         CASE WHEN pay_status = 'FAILED' THEN 'B2B0017' END, CASE WHEN pay_status = 'FAILED' THEN 'Refused' END,
         md5(object_id), 'Ravi', sent, sent
    FROM (SELECT *, ${WHOLE} AS whole,
                 CASE WHEN bench.u(n, 20) < 0.25 THEN amount / 10 ELSE 0 END AS taken,
                 CASE pay_status WHEN 'ACCEPTED' THEN 'ACCEPT' WHEN 'CONFIRMING' THEN 'ACCEPT' WHEN 'REJECTED' THEN 'REJECT' END AS answered
            FROM bench.pay) told`;

const WRITE_LINES = `
  INSERT INTO payment_line (business_id, payment_object_id, invoice_id, position, net, adjustment, total, invoice_total, invoice_due,
                            current_version, new_version, current_status, new_status, search, side, made_at, paid_at, payment_total)
  SELECT business_id, object_id, line_invoice, position, line_total, 0, line_total, total, line_total, 1, 2, 'ACCEPTED', 'PAYMENT_INITIATED',
         line_words(${UTR}, name, line_number), way::payment_side, sent, ${PAID_AT}, ${WHOLE}
    FROM bench.pay CROSS JOIN LATERAL (
         SELECT id AS line_invoice, number AS line_number, 0 AS position, amount AS line_total
         UNION ALL SELECT neighbour, '', 1, 10000 WHERE double) line`;

/** Messages and the audit trail are read for one payment or invoice alone: those of the last year are enough. */
const LAST_YEAR = `WHERE sent > ${TODAY} - 365`;

/** One a payment, with an empty body: no list reads bodies. One in ten of what is under way can't be delivered. */
const WRITE_MESSAGES = `
  INSERT INTO message (business_id, id, direction, operation, side, object_id, revision, body, content_hash, state, attempts,
                       next_attempt_at, created_at)
  SELECT business_id, bench.key_at(sent, 'message' || n), (CASE WHEN out THEN 'OUT' ELSE 'IN' END)::message_direction,
         (CASE WHEN way = 'INCOMING' AND out THEN 'REQ_PAY_CONFIRMATION' ELSE 'REQ_PAY' END)::message_operation,
         (CASE WHEN way = 'OUTGOING' THEN 'BUYER' ELSE 'SUPPLIER' END)::message_side, object_id, 0, '{}', md5(object_id),
         state::message_state, 1, CASE WHEN state = 'QUEUED' THEN sent END, sent
    FROM (SELECT *, CASE WHEN NOT out THEN 'TAKEN' WHEN pay_status NOT IN ('SENDING', 'CONFIRMING') THEN 'DELIVERED'
                         WHEN bench.u(n, 21) < 0.9 THEN 'QUEUED' WHEN bench.u(n, 21) < 0.95 THEN 'STOPPED' ELSE 'GAVE_UP' END AS state
            FROM (SELECT *, way = 'OUTGOING' OR pay_status <> 'AWAITING_CONFIRMATION' AS out FROM bench.pay ${LAST_YEAR}) facing) stated`;

/** One transaction an event, in the order of their times: below zero, as after a backup, so that none is above the cluster's own. */
const WRITE_EVENTS = `
  INSERT INTO audit_event (business_id, id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, transaction_id)
  SELECT business_id, id, at, 'USER', 'u', who, action, kind, subject, floor(extract(epoch FROM at) * 1000)::bigint - 10000000000000 FROM (
    SELECT business_id, bench.key_at(sent, 'event' || n) AS id, sent AS at, 'Ravi' AS who, 'payment.sent' AS action, 'payment' AS kind,
           object_id AS subject FROM bench.pay ${LAST_YEAR}
    UNION ALL
    SELECT business_id, bench.key_at(created, 'event' || g), created, 'Asha Rao', 'invoice.created', 'invoice', id::text
      FROM bench.item WHERE g BETWEEN $from AND $to AND issue > ${TODAY} - 365) told`;

export interface FillStep {
  name: string;
  sql: string;
}

/** What comes before any row of the books, in order. */
export const drawSteps = (invoices: number): FillStep[] => [
  { name: "businesses", sql: firms(invoices) },
  { name: "drawing invoices", sql: items(invoices) },
];

/** The rows of invoices `from` to `to`, and of all that belongs to them. */
export const bookSteps = (part: string, from: number, to: number): FillStep[] =>
  [
    { name: "drawing payments", sql: `${PAYMENTS} ${DRAW_PAYMENTS}` },
    { name: "invoices", sql: INVOICES },
    { name: "payments", sql: WRITE_PAYMENTS },
    { name: "payment lines", sql: WRITE_LINES },
    { name: "messages", sql: WRITE_MESSAGES },
    { name: "audit trail", sql: WRITE_EVENTS },
  ].map(({ name, sql }) => ({
    name: `${name}, ${part}`,
    sql: sql.replaceAll("$from", String(from)).replaceAll("$to", String(to)),
  }));

export const PREPARE = FUNCTIONS;
