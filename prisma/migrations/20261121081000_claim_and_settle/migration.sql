-- What the worker does hundreds of times a second, planned as a queue needs it (docs/decisions/023-the-message-table-is-the-queue.md).
-- PostgreSQL estimates how much is due by statistics that were true a minute ago: of an empty queue, when it is full. It then reads
-- and sorts the whole queue for the first few messages of it. So each function says that only the way by the index is open.

-- Takes messages that are due for one attempt each, the longest due first. Of a payment's messages only the earliest that is queued:
-- by revision and not by time, since the clocks of two portals may disagree about which came first. With p_id that one or none.
CREATE FUNCTION claim_messages(p_now timestamptz, p_lease_end timestamptz, p_limit int, p_business uuid, p_id uuid)
RETURNS SETOF message LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off SET enable_hashjoin = off SET enable_mergejoin = off
SET plan_cache_mode = force_custom_plan AS $$
BEGIN
  RETURN QUERY
  WITH due AS (
    SELECT queued.business_id, queued.id FROM message queued
     WHERE queued.state = 'QUEUED' AND queued.next_attempt_at <= p_now
       AND (p_id IS NULL OR (queued.business_id = p_business AND queued.id = p_id))
       AND NOT EXISTS (SELECT 1 FROM message earlier
                        WHERE earlier.business_id = queued.business_id AND earlier.direction = 'OUT'
                          AND earlier.operation = queued.operation AND earlier.side = queued.side
                          AND earlier.object_id = queued.object_id AND earlier.revision < queued.revision
                          AND earlier.state = 'QUEUED')
     ORDER BY queued.next_attempt_at LIMIT p_limit FOR UPDATE OF queued SKIP LOCKED
  )
  UPDATE message SET attempts = message.attempts + 1, next_attempt_at = p_lease_end
    FROM due WHERE message.business_id = due.business_id AND message.id = due.id
  RETURNING message.*;
END $$;

-- Writes down what came of attempts, each a row of p_attempts. The messages' rows are locked in one order, so that two workers with
-- results of the same messages don't wait for each other. A message changes only while it is still queued: its outcome may have
-- overtaken the ack, and has then settled it. And an attempt whose lease ran out doesn't say when the next one is: another has
-- begun since. Returns how many messages it changed.
CREATE FUNCTION settle_attempts(p_attempts json) RETURNS int LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
  moved int;
BEGIN
  WITH attempt AS (
    SELECT * FROM json_to_recordset(p_attempts) AS attempt(
      business_id uuid, message_id uuid, attempt int, outcome text, status int, detail text, reply text, req_msg_id text,
      state message_state, next_attempt_at timestamptz, started_at timestamptz, ended_at timestamptz, took_ms int)
  ), written AS (
    INSERT INTO delivery (business_id, message_id, attempt, outcome, status, detail, started_at, took_ms)
    SELECT business_id, message_id, attempt, outcome, status, detail, started_at, took_ms FROM attempt
    ON CONFLICT DO NOTHING
  ), held AS (
    SELECT message.business_id, message.id, attempt.attempt,
           message.state = 'QUEUED' AND (attempt.outcome <> 'retry' OR attempt.attempt = message.attempts) AS open
      FROM message JOIN attempt ON message.business_id = attempt.business_id AND message.id = attempt.message_id
     ORDER BY message.business_id, message.id FOR NO KEY UPDATE OF message
  ), settled AS (
    UPDATE message
       SET req_msg_id = coalesce(message.req_msg_id, attempt.req_msg_id),
           state = CASE WHEN open THEN attempt.state ELSE message.state END,
           next_attempt_at = CASE WHEN open THEN attempt.next_attempt_at ELSE message.next_attempt_at END,
           settled_at = CASE WHEN NOT open THEN message.settled_at WHEN attempt.next_attempt_at IS NULL THEN attempt.ended_at END,
           last_error = CASE WHEN NOT open THEN message.last_error WHEN attempt.outcome <> 'acked' THEN attempt.detail END,
           reply_status = CASE WHEN open THEN attempt.status ELSE message.reply_status END,
           reply_body = CASE WHEN open THEN attempt.reply ELSE message.reply_body END
      FROM held JOIN attempt ON held.business_id = attempt.business_id AND held.id = attempt.message_id
                            AND held.attempt = attempt.attempt
     WHERE message.business_id = held.business_id AND message.id = held.id
       AND (open OR (message.req_msg_id IS NULL AND attempt.req_msg_id IS NOT NULL))
  )
  SELECT count(*)::int INTO moved FROM held WHERE open;
  RETURN moved;
END $$;
