-- The network's four messages taken in one round trip each, in the usual case (docs/decisions/027-one-round-trip.md).
--
-- Each take_… function does the whole of its message: the message's own row, the payment, the invoices, the audit trail. It returns
-- false, having written nothing, or raises "misfit" (CK001), which undoes everything, whenever the message is not the usual case.
-- It never judges: the same message then goes through the portal's ordinary transaction, which says why. Both lock in the same
-- order: message taken, payment, invoices by id, message sent. The caller has checked the sender and the message's fields.
--
-- A function is never changed in a way that an older portal couldn't bear: a new signature gets a new name.

-- The message's row: of any number of equal messages one inserts it, the others wait here and get false.
-- Also tells row-level security which business this transaction is for.
CREATE FUNCTION take_message(
  p_business uuid, p_id uuid, p_operation message_operation, p_side message_side, p_object_id text, p_revision int,
  p_req_msg_id text, p_body text, p_content_hash text, p_reply text, p_request_id text, p_at timestamptz
) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('chukta.business', p_business::text, true);
  INSERT INTO message (business_id, id, direction, operation, side, object_id, revision, req_msg_id, body, content_hash,
                       reply_status, reply_body, state, request_id, created_at, settled_at)
  VALUES (p_business, p_id, 'IN', p_operation, p_side, p_object_id, p_revision, p_req_msg_id, p_body, p_content_hash,
          200, p_reply, 'TAKEN', p_request_id, p_at, p_at)
  ON CONFLICT DO NOTHING;
  RETURN FOUND;
END $$;

CREATE FUNCTION misfit() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'not the usual case' USING ERRCODE = 'CK001';
END $$;

CREATE FUNCTION record_network_audit(
  p_business uuid, p_id uuid, p_operation text, p_action text, p_payment text, p_before text, p_after text, p_at timestamptz
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_event (business_id, id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, before, after)
  VALUES (p_business, p_id, p_at, 'NETWORK', p_operation, 'Bharat Connect', p_action, 'payment', p_payment, p_before, p_after);
END $$;

-- The outcome of a message that was sent is here, so it was delivered, whatever became of its ack.
CREATE FUNCTION settle_sent(
  p_business uuid, p_operation message_operation, p_object_id text, p_revision int, p_req_msg_id text, p_at timestamptz
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE message
     SET req_msg_id = coalesce(req_msg_id, p_req_msg_id),
         settled_at = CASE WHEN state IN ('QUEUED', 'STOPPED', 'GAVE_UP') THEN p_at ELSE settled_at END,
         last_error = CASE WHEN state IN ('QUEUED', 'STOPPED', 'GAVE_UP') THEN NULL ELSE last_error END,
         next_attempt_at = NULL,
         state = CASE WHEN state IN ('QUEUED', 'STOPPED', 'GAVE_UP') THEN 'DELIVERED' ELSE state END
   WHERE business_id = p_business AND direction = 'OUT' AND operation = p_operation AND object_id = p_object_id
     AND revision = p_revision
     AND (state IN ('QUEUED', 'STOPPED', 'GAVE_UP') OR (req_msg_id IS NULL AND p_req_msg_id IS NOT NULL));
END $$;

-- What a payment claimed of its invoices ends: paid when it was accepted, due again when not. The message must name these invoices,
-- each once and no others. `p_invoices`: [{"objectId", "newVersion"}].
CREATE FUNCTION end_claims(p_business uuid, p_payment text, p_accepted boolean, p_invoices json, p_at timestamptz)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  named int := json_array_length(p_invoices);
  moved int;
BEGIN
  IF named <> (SELECT count(*) FROM payment_line WHERE business_id = p_business AND payment_object_id = p_payment) THEN
    PERFORM misfit();
  END IF;
  IF named > 1 THEN
    PERFORM 1 FROM invoice
      WHERE business_id = p_business
        AND id IN (SELECT invoice_id FROM payment_line WHERE business_id = p_business AND payment_object_id = p_payment)
      ORDER BY id FOR UPDATE;
  END IF;
  UPDATE invoice
     SET pending = pending - line.total,
         paid = CASE WHEN p_accepted THEN paid + line.total ELSE paid END,
         version = greatest(version, names."newVersion"),
         status = CASE
           WHEN pending > line.total THEN 'PAYMENT_INITIATED'
           WHEN p_accepted AND paid + line.total = invoice.total THEN 'PAID'
           WHEN p_accepted OR paid > 0 THEN 'PART_PAID'
           ELSE base_status
         END,
         updated_at = p_at
    FROM payment_line line, json_to_recordset(p_invoices) AS names("objectId" text, "newVersion" int)
   WHERE line.business_id = p_business AND line.payment_object_id = p_payment
     AND invoice.business_id = p_business AND invoice.id = line.invoice_id AND invoice.object_id = names."objectId";
  GET DIAGNOSTICS moved = ROW_COUNT;
  IF moved <> named THEN PERFORM misfit(); END IF;
END $$;

-- Seed 004: a buyer somewhere has paid this supplier. `p_lines`: what the message says of each invoice, amounts in paise.
CREATE FUNCTION take_req_pay(
  p_business uuid, p_id uuid, p_req_msg_id text, p_body text, p_content_hash text, p_reply text, p_request_id text, p_at timestamptz,
  p_object_id text, p_buyer text, p_type payment_type, p_mode payment_mode, p_utr text, p_paid_at timestamptz,
  p_net bigint, p_adjustment bigint, p_total bigint, p_request_hash text, p_lines json, p_audit_id uuid, p_after text
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  claimed int;
BEGIN
  IF NOT take_message(p_business, p_id, 'REQ_PAY', 'SUPPLIER', p_object_id, 0, p_req_msg_id, p_body, p_content_hash, p_reply,
                      p_request_id, p_at) THEN
    RETURN false;
  END IF;
  INSERT INTO payment (business_id, object_id, side, counterparty_b2b_id, counterparty_name, type, mode, utr, paid_at, net, adjustment,
                       total, status, request_hash, created_by, created_at, updated_at)
  VALUES (p_business, p_object_id, 'INCOMING', p_buyer,
          coalesce((SELECT name FROM counterparty WHERE business_id = p_business AND b2b_id = p_buyer), p_buyer),
          p_type, p_mode, p_utr, p_paid_at, p_net, p_adjustment, p_total, 'AWAITING_CONFIRMATION', p_request_hash, 'Bharat Connect',
          p_at, p_at)
  ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN PERFORM misfit(); END IF;

  IF json_array_length(p_lines) > 1 THEN
    PERFORM 1 FROM invoice
      WHERE business_id = p_business AND side = 'RECEIVABLE'
        AND object_id IN (SELECT "objectId" FROM json_to_recordset(p_lines) AS line("objectId" text))
      ORDER BY id FOR UPDATE;
  END IF;
  -- One by one, each claims only what is still due of an invoice that is this buyer's; any that doesn't is missing from the count.
  WITH line AS (
    SELECT * FROM json_to_recordset(p_lines) AS line(
      "objectId" text, number text, position int, net bigint, adjustment bigint, total bigint, splits jsonb, "invoiceTotal" bigint,
      "invoiceDue" bigint, "currentVersion" int, "newVersion" int, "currentStatus" text, "newStatus" text)
  ), claim AS (
    UPDATE invoice
       SET pending = pending + line.total, status = 'PAYMENT_INITIATED', version = greatest(version, line."newVersion"),
           updated_at = p_at
      FROM line
     WHERE invoice.business_id = p_business AND invoice.side = 'RECEIVABLE' AND invoice.object_id = line."objectId"
       AND invoice.counterparty_b2b_id = p_buyer AND invoice.supplier_invoice_number = line.number
       AND invoice.base_status NOT IN ('RETURNED', 'REJECTED', 'CANCELLED')
       AND invoice.paid + invoice.pending + line.total <= invoice.total
    RETURNING invoice.id, line.position
  )
  INSERT INTO payment_line (business_id, payment_object_id, invoice_id, position, net, adjustment, total, splits, invoice_total,
                            invoice_due, current_version, new_version, current_status, new_status)
  SELECT p_business, p_object_id, claim.id, line.position, line.net, line.adjustment, line.total, line.splits, line."invoiceTotal",
         line."invoiceDue", line."currentVersion", line."newVersion", line."currentStatus", line."newStatus"
    FROM claim JOIN line ON line.position = claim.position;
  GET DIAGNOSTICS claimed = ROW_COUNT;
  IF claimed <> json_array_length(p_lines) THEN PERFORM misfit(); END IF;

  PERFORM record_network_audit(p_business, p_audit_id, 'req-pay', 'payment.received', p_object_id, NULL, p_after, p_at);
  RETURN true;
END $$;

-- Seed 002: the supplier's platform has the payment that this buyer sent.
CREATE FUNCTION take_resp_pay(
  p_business uuid, p_id uuid, p_req_msg_id text, p_body text, p_content_hash text, p_reply text, p_request_id text, p_at timestamptz,
  p_object_id text, p_supplier text, p_total bigint, p_sent_req_msg_id text, p_audit_id uuid
) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF NOT take_message(p_business, p_id, 'RESP_PAY', 'BUYER', p_object_id, 0, p_req_msg_id, p_body, p_content_hash, p_reply,
                      p_request_id, p_at) THEN
    RETURN false;
  END IF;
  UPDATE payment SET status = 'AWAITING_CONFIRMATION', updated_at = p_at
   WHERE business_id = p_business AND object_id = p_object_id AND side = 'OUTGOING' AND status = 'SENDING'
     AND counterparty_b2b_id = p_supplier AND total = p_total
     AND NOT EXISTS (SELECT 1 FROM message
                      WHERE message.business_id = p_business AND message.req_msg_id = p_sent_req_msg_id
                        AND message.direction = 'OUT' AND message.object_id <> p_object_id);
  IF NOT FOUND THEN PERFORM misfit(); END IF;
  PERFORM record_network_audit(p_business, p_audit_id, 'resp-pay', 'payment.delivered', p_object_id,
                               '{"status":"SENDING"}', '{"status":"AWAITING_CONFIRMATION"}', p_at);
  PERFORM settle_sent(p_business, 'REQ_PAY', p_object_id, 0, p_sent_req_msg_id, p_at);
  RETURN true;
END $$;

-- Seed 000: the supplier has answered the payment that this buyer sent. It may overtake the resp-pay.
CREATE FUNCTION take_req_pay_confirmation(
  p_business uuid, p_id uuid, p_req_msg_id text, p_body text, p_content_hash text, p_reply text, p_request_id text, p_at timestamptz,
  p_object_id text, p_supplier text, p_type payment_type, p_response supplier_response, p_remarks text, p_responded_at timestamptz,
  p_invoices json, p_audit_id uuid
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  before payment_status;
  answerer text;
  accepted boolean := p_response = 'ACCEPT';
  after payment_status := CASE WHEN p_response = 'ACCEPT' THEN 'ACCEPTED' ELSE 'REJECTED' END;
BEGIN
  IF NOT take_message(p_business, p_id, 'REQ_PAY_CONFIRMATION', 'BUYER', p_object_id, 0, p_req_msg_id, p_body, p_content_hash,
                      p_reply, p_request_id, p_at) THEN
    RETURN false;
  END IF;
  SELECT status, counterparty_name INTO before, answerer FROM payment
   WHERE business_id = p_business AND object_id = p_object_id AND side = 'OUTGOING'
     AND status IN ('SENDING', 'AWAITING_CONFIRMATION') AND counterparty_b2b_id = p_supplier AND type = p_type
     AND (accepted OR type = 'OFFPLATFORM')
     FOR UPDATE;
  IF NOT FOUND THEN PERFORM misfit(); END IF;
  UPDATE payment
     SET status = after, supplier_response = p_response, supplier_remarks = p_remarks, responded_by = answerer,
         responded_at = p_responded_at, failure_code = NULL, failure_detail = NULL, failure_field = NULL, updated_at = p_at
   WHERE business_id = p_business AND object_id = p_object_id;
  PERFORM end_claims(p_business, p_object_id, accepted, p_invoices, p_at);
  PERFORM record_network_audit(
    p_business, p_audit_id, 'req-pay-confirmation', CASE WHEN accepted THEN 'payment.accepted' ELSE 'payment.rejected' END,
    p_object_id, json_build_object('status', before)::text,
    json_build_object('supplierResponse', p_response, 'supplierRemarks', p_remarks, 'respondedBy', answerer,
                      'respondedAt', to_char(p_responded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                      'failureCode', NULL, 'failureDetail', NULL, 'failureField', NULL, 'status', after)::text,
    p_at);
  PERFORM settle_sent(p_business, 'REQ_PAY', p_object_id, 0, NULL, p_at);
  RETURN true;
END $$;

-- Seed 001: the buyer's side has the answer that this supplier sent. Only where the network's ack told which of the answers it is,
-- and it is the latest.
CREATE FUNCTION take_resp_pay_confirmation(
  p_business uuid, p_id uuid, p_req_msg_id text, p_body text, p_content_hash text, p_reply text, p_request_id text, p_at timestamptz,
  p_object_id text, p_buyer text, p_type payment_type, p_response supplier_response, p_sent_req_msg_id text, p_invoices json,
  p_audit_id uuid
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  answered int;
  accepted boolean := p_response = 'ACCEPT';
  after payment_status := CASE WHEN p_response = 'ACCEPT' THEN 'ACCEPTED' ELSE 'REJECTED' END;
BEGIN
  PERFORM set_config('chukta.business', p_business::text, true);
  SELECT revision INTO answered FROM message
   WHERE business_id = p_business AND direction = 'OUT' AND operation = 'REQ_PAY_CONFIRMATION' AND side = 'SUPPLIER'
     AND object_id = p_object_id AND req_msg_id = p_sent_req_msg_id;
  IF NOT FOUND THEN RETURN false; END IF;
  IF NOT take_message(p_business, p_id, 'RESP_PAY_CONFIRMATION', 'SUPPLIER', p_object_id, answered, p_req_msg_id, p_body,
                      p_content_hash, p_reply, p_request_id, p_at) THEN
    RETURN false;
  END IF;
  UPDATE payment SET status = after, updated_at = p_at
   WHERE business_id = p_business AND object_id = p_object_id AND side = 'INCOMING' AND status = 'CONFIRMING'
     AND counterparty_b2b_id = p_buyer AND type = p_type AND supplier_response = p_response;
  IF NOT FOUND THEN PERFORM misfit(); END IF;
  -- Asked under the payment's lock, which whoever answers again must hold.
  IF EXISTS (SELECT 1 FROM message
              WHERE business_id = p_business AND direction = 'OUT' AND operation = 'REQ_PAY_CONFIRMATION' AND side = 'SUPPLIER'
                AND object_id = p_object_id AND revision > answered) THEN
    PERFORM misfit();
  END IF;
  PERFORM end_claims(p_business, p_object_id, accepted, p_invoices, p_at);
  PERFORM record_network_audit(p_business, p_audit_id, 'resp-pay-confirmation',
                               CASE WHEN accepted THEN 'payment.accepted' ELSE 'payment.rejected' END, p_object_id,
                               '{"status":"CONFIRMING"}', json_build_object('status', after)::text, p_at);
  PERFORM settle_sent(p_business, 'REQ_PAY_CONFIRMATION', p_object_id, answered, p_sent_req_msg_id, p_at);
  RETURN true;
END $$;
