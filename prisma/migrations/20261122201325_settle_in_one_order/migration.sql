-- As before, but the messages' rows are locked in the order of their ids, as settle_attempts locks them, and no longer in that of their
-- payments: outcomes of two payments, and the acks of the messages that sent them, could wait for each other.
CREATE OR REPLACE FUNCTION settle_all_sent(p_operation message_operation, messages usual_message[]) RETURNS void LANGUAGE sql AS $$
  WITH held AS MATERIALIZED (
    SELECT message.business_id, message.id, m.at, m."sentReqMsgId"
      FROM unnest(messages) m
      JOIN message ON message.business_id = m.business AND message.direction = 'OUT' AND message.operation = p_operation
       AND message.side = CASE p_operation WHEN 'REQ_PAY' THEN 'BUYER'::message_side ELSE 'SUPPLIER' END
       AND message.object_id = m."objectId" AND message.revision = coalesce(m.revision, 0)
     WHERE message.state IN ('QUEUED', 'STOPPED', 'GAVE_UP') OR (message.req_msg_id IS NULL AND m."sentReqMsgId" IS NOT NULL)
     ORDER BY message.business_id, message.id FOR NO KEY UPDATE OF message
  )
  UPDATE message
     SET req_msg_id = coalesce(req_msg_id, held."sentReqMsgId"),
         settled_at = CASE WHEN state IN ('QUEUED', 'STOPPED', 'GAVE_UP') THEN held.at ELSE settled_at END,
         last_error = CASE WHEN state IN ('QUEUED', 'STOPPED', 'GAVE_UP') THEN NULL ELSE last_error END,
         next_attempt_at = NULL,
         state = CASE WHEN state IN ('QUEUED', 'STOPPED', 'GAVE_UP') THEN 'DELIVERED' ELSE state END
    FROM held
   WHERE message.business_id = held.business_id AND message.id = held.id;
$$;
