import type pg from "pg";
import { messageOf } from "../gateway/trade";

/** Messages of each payment, in the order of their revisions. */
export const PER_PAYMENT = 5;

/** One of the two that are measured: how a message is queued there, and how one sees that all are settled. */
export interface Target {
  name: "portal" | "peer";
  database: pg.Client;
  /** Queues one message; $1: its id. */
  queueOne: string;
  /** Queues messages; $1: how many payments, each of which has PER_PAYMENT of them. */
  queueMany: string;
  /** How many are not settled yet. */
  open: string;
  /** Settled messages of which something is wrong: not delivered, or attempted or written down more than once. */
  wrong: string;
}

const BODY = messageOf("req-pay-confirmation", 0, 1).replaceAll("'", "''");

/** A supplier whose answers are sent. */
export const BUSINESS_SQL = `
  INSERT INTO business (id, slug, b2b_id, legal_name, trade_name, geocode)
  VALUES ('01900000-0000-7000-8000-000000000001', 'supplier', 'SUPPLIER0@BCB', 'Supplier Private Limited', 'Supplier', '19.0760,72.8777')`;

const portalMessage = (id: string, payment: string, revision: string) => `
  INSERT INTO message (business_id, id, direction, operation, side, object_id, revision, body, content_hash, state, next_attempt_at)
  SELECT '01900000-0000-7000-8000-000000000001', ${id}, 'OUT', 'REQ_PAY_CONFIRMATION', 'SUPPLIER', ${payment}, ${revision}, '${BODY}',
         md5('the bench'), 'QUEUED', now()`;

/** The portal: a message's row is its place in the queue. */
export const PORTAL: Omit<Target, "database"> = {
  name: "portal",
  queueOne: portalMessage("$1::uuid", "'PMT' || $1::uuid", "0"),
  // A payment's messages one after another, so that most of what stands first in the queue has to wait for its turn.
  queueMany: `${portalMessage("uuidv7()", "'PMT' || payment || now()::text", "revision")}
    FROM generate_series(1, $1::int) payment, generate_series(0, ${PER_PAYMENT - 1}) revision ORDER BY payment, revision`,
  open: "SELECT count(*)::int AS count FROM message WHERE state = 'QUEUED'",
  wrong: `SELECT count(*)::int AS count FROM message
           WHERE state <> 'DELIVERED' OR attempts <> 1 OR req_msg_id IS NULL
              OR (SELECT count(*) FROM delivery WHERE delivery.business_id = message.business_id AND message_id = message.id) <> 1`,
};

/** The peer's table; its queue makes its own. */
export const PEER_TABLES_SQL = `
  CREATE TABLE message (id uuid PRIMARY KEY, payment text, revision int, body text, req_msg_id text, delivered_at timestamptz);
  CREATE INDEX message_open ON message (id) WHERE delivered_at IS NULL;
  ALTER TABLE message ALTER COLUMN body SET STORAGE EXTERNAL, SET (toast_tuple_target = 8160);`;

/** The peer: a table and a job for each message, as graphile-worker's manual says; not in order (bench/peers/delivery.ts). */
export const PEER: Omit<Target, "database"> = {
  name: "peer",
  queueOne: `WITH made AS (INSERT INTO message (id, payment, revision, body) VALUES ($1::uuid, 'PMT' || $1::uuid, 0, '${BODY}') RETURNING id)
    SELECT graphile_worker.add_job('deliver', json_build_object('id', id)) FROM made`,
  queueMany: `WITH made AS (
      INSERT INTO message (id, payment, revision, body)
      SELECT uuidv7(), 'PMT' || payment || now()::text, revision, '${BODY}'
        FROM generate_series(1, $1::int) payment, generate_series(0, ${PER_PAYMENT - 1}) revision ORDER BY payment, revision
      RETURNING id)
    SELECT count(graphile_worker.add_job('deliver', json_build_object('id', id))) FROM made`,
  open: "SELECT count(*)::int AS count FROM message WHERE delivered_at IS NULL",
  wrong: "SELECT count(*)::int AS count FROM message WHERE delivered_at IS NULL OR req_msg_id IS NULL",
};
