-- As before, but whether an earlier message of the same payment is queued is now asked by its time, which only a queued one has.
-- Asked by its state, PostgreSQL looked through the whole index of what is due for each message, taking it for nearly empty.
CREATE OR REPLACE FUNCTION claim_messages(p_now timestamptz, p_lease_end timestamptz, p_limit int, p_business uuid, p_id uuid)
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
                          AND earlier.next_attempt_at IS NOT NULL)
     ORDER BY queued.next_attempt_at LIMIT p_limit FOR UPDATE OF queued SKIP LOCKED
  )
  UPDATE message SET attempts = message.attempts + 1, next_attempt_at = p_lease_end
    FROM due WHERE message.business_id = due.business_id AND message.id = due.id
  RETURNING message.*;
END $$;

-- Planned anew each time, too: a plan made for an empty table would be kept for a full one.
ALTER FUNCTION settle_attempts(json) SET plan_cache_mode = force_custom_plan;
