-- The network's messages of the usual kind, taken many at a time: those that arrive while a statement runs go together into the next
-- one (docs/decisions/027-one-round-trip.md). These functions take the place of take_req_pay and its like, which took one message
-- each; those stay for the release that still calls them.
--
-- Each function does the whole of its messages: the messages' own rows, the payments, the invoices, the audit trail. It raises
-- "misfit" (CK001), which undoes everything, whenever one of them is not the usual case. It never judges: its messages are then tried
-- one by one, and what still doesn't fit goes through the portal's ordinary transaction, which says why. All lock in the same order,
-- and each kind of row sorted: messages taken, payments, invoices by id, messages sent.
--
-- They run as their owner, past the wall around each business: one statement carries messages of many. Every row that they touch is
-- found by the business that its own message names.
--
-- `p`: a list of {"business", "id", "reqMsgId", "objectId", "revision", "contentHash", "requestId", "at", "auditId", …}, amounts in
-- paise. `p_bodies`, `p_replies`: the texts, in the same order; apart, so that what is read several times stays small.

-- What `p` says, of whichever operation. Their own functions, so that the planner knows that there are few: thinking of hundreds it
-- would read whole tables for them.
CREATE FUNCTION usual_messages(p json) RETURNS TABLE (
  business uuid, id uuid, "objectId" text, revision int, "reqMsgId" text, "contentHash" text, "requestId" text, at timestamptz,
  "auditId" uuid, buyer text, supplier text, type payment_type, mode payment_mode, utr text, "paidAt" timestamptz, net bigint,
  adjustment bigint, total bigint, "requestHash" text, after text, "sentReqMsgId" text, response supplier_response, remarks text,
  "respondedAt" timestamptz
) LANGUAGE sql VOLATILE ROWS 8 AS $$
  SELECT * FROM json_to_recordset(p) AS m(
    business uuid, id uuid, "objectId" text, revision int, "reqMsgId" text, "contentHash" text, "requestId" text, at timestamptz,
    "auditId" uuid, buyer text, supplier text, type payment_type, mode payment_mode, utr text, "paidAt" timestamptz, net bigint,
    adjustment bigint, total bigint, "requestHash" text, after text, "sentReqMsgId" text, response supplier_response, remarks text,
    "respondedAt" timestamptz)
$$;

-- What a req-pay says of each invoice: "lines".
CREATE FUNCTION usual_lines(p json) RETURNS TABLE (
  business uuid, payment text, buyer text, at timestamptz, "objectId" text, number text, "position" int, net bigint, adjustment bigint,
  total bigint, splits jsonb, "invoiceTotal" bigint, "invoiceDue" bigint, "currentVersion" int, "newVersion" int,
  "currentStatus" text, "newStatus" text
) LANGUAGE sql VOLATILE ROWS 12 AS $$
  SELECT m.business, m."objectId", m.buyer, m.at, line.*
    FROM json_to_recordset(p) AS m(business uuid, "objectId" text, buyer text, at timestamptz, lines json)
   CROSS JOIN json_to_recordset(m.lines) AS line(
           "objectId" text, number text, "position" int, net bigint, adjustment bigint, total bigint, splits jsonb,
           "invoiceTotal" bigint, "invoiceDue" bigint, "currentVersion" int, "newVersion" int, "currentStatus" text, "newStatus" text)
$$;

-- What a confirmation says of each invoice: "invoices": [{"objectId", "newVersion"}].
CREATE FUNCTION usual_invoices(p json) RETURNS TABLE (
  business uuid, payment text, response supplier_response, at timestamptz, "objectId" text, "newVersion" int
) LANGUAGE sql VOLATILE ROWS 12 AS $$
  SELECT m.business, m."objectId", m.response, m.at, named.*
    FROM json_to_recordset(p) AS m(business uuid, "objectId" text, response supplier_response, at timestamptz, invoices json)
   CROSS JOIN json_to_recordset(m.invoices) AS named("objectId" text, "newVersion" int)
$$;

CREATE FUNCTION take_messages(p_operation message_operation, p_side message_side, p json, p_bodies json, p_replies json)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  taken int;
BEGIN
  INSERT INTO message (business_id, id, direction, operation, side, object_id, revision, req_msg_id, body, content_hash,
                       reply_status, reply_body, state, request_id, created_at, settled_at)
  SELECT m.business, m.id, 'IN', p_operation, p_side, m."objectId", coalesce(m.revision, 0), m."reqMsgId", m.body, m."contentHash",
         200, m.reply, 'TAKEN', m."requestId", m.at, m.at
    FROM ROWS FROM (json_array_elements_text(p_bodies), json_array_elements_text(p_replies), usual_messages(p)) AS m(body, reply)
   ORDER BY m.business, m."objectId"
  ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS taken = ROW_COUNT;
  IF taken <> json_array_length(p) THEN PERFORM misfit(); END IF;
END $$;

-- The outcome of a message that was sent is here, so it was delivered, whatever became of its ack.
CREATE FUNCTION settle_all_sent(p_operation message_operation, p json) RETURNS void LANGUAGE sql AS $$
  UPDATE message
     SET req_msg_id = coalesce(req_msg_id, m."sentReqMsgId"),
         settled_at = CASE WHEN state IN ('QUEUED', 'STOPPED', 'GAVE_UP') THEN m.at ELSE settled_at END,
         last_error = CASE WHEN state IN ('QUEUED', 'STOPPED', 'GAVE_UP') THEN NULL ELSE last_error END,
         next_attempt_at = NULL,
         state = CASE WHEN state IN ('QUEUED', 'STOPPED', 'GAVE_UP') THEN 'DELIVERED' ELSE state END
    FROM usual_messages(p) m
   WHERE message.business_id = m.business AND message.direction = 'OUT' AND message.operation = p_operation
     AND message.side = CASE p_operation WHEN 'REQ_PAY' THEN 'BUYER'::message_side ELSE 'SUPPLIER' END
     AND message.object_id = m."objectId" AND message.revision = coalesce(m.revision, 0)
     AND (message.state IN ('QUEUED', 'STOPPED', 'GAVE_UP') OR (message.req_msg_id IS NULL AND m."sentReqMsgId" IS NOT NULL));
$$;

-- What the payments claimed of their invoices ends: paid when accepted, due again when not. Each message must name its payment's
-- invoices, each once and no others.
CREATE FUNCTION end_all_claims(p json) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  named int := (SELECT sum(json_array_length(one->'invoices')) FROM json_array_elements(p) one);
  claims int;
  moved int;
BEGIN
  SELECT count(*) INTO claims FROM usual_messages(p) m
    JOIN payment_line line ON line.business_id = m.business AND line.payment_object_id = m."objectId";
  IF named <> claims THEN PERFORM misfit(); END IF;
  IF named > 1 THEN
    PERFORM 1 FROM usual_messages(p) m
      JOIN payment_line line ON line.business_id = m.business AND line.payment_object_id = m."objectId"
      JOIN invoice ON invoice.business_id = line.business_id AND invoice.id = line.invoice_id
      ORDER BY invoice.business_id, invoice.id FOR UPDATE OF invoice;
  END IF;
  UPDATE invoice
     SET pending = pending - line.total,
         paid = CASE WHEN named.response = 'ACCEPT' THEN paid + line.total ELSE paid END,
         version = greatest(version, named."newVersion"),
         status = CASE
           WHEN pending > line.total THEN 'PAYMENT_INITIATED'
           WHEN named.response = 'ACCEPT' AND paid + line.total = invoice.total THEN 'PAID'
           WHEN named.response = 'ACCEPT' OR paid > 0 THEN 'PART_PAID'
           ELSE base_status
         END,
         updated_at = named.at
    FROM usual_invoices(p) named
    JOIN payment_line line ON line.business_id = named.business AND line.payment_object_id = named.payment
   WHERE invoice.business_id = named.business AND invoice.id = line.invoice_id AND invoice.object_id = named."objectId";
  GET DIAGNOSTICS moved = ROW_COUNT;
  IF moved <> claims THEN PERFORM misfit(); END IF;
END $$;

-- Seed 004: buyers somewhere have paid these suppliers. "lines": what the message says of each invoice; "after": the audit's text.
CREATE FUNCTION take_req_pays(p json, p_bodies json, p_replies json)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
DECLARE
  claimed int;
  named int;
BEGIN
  PERFORM take_messages('REQ_PAY', 'SUPPLIER', p, p_bodies, p_replies);

  WITH made AS (
    INSERT INTO payment (business_id, object_id, side, counterparty_b2b_id, counterparty_name, type, mode, utr, paid_at, net,
                         adjustment, total, status, request_hash, created_by, created_at, updated_at)
    SELECT m.business, m."objectId", 'INCOMING', m.buyer, coalesce(counterparty.name, m.buyer), m.type, m.mode, m.utr, m."paidAt",
           m.net, m.adjustment, m.total, 'AWAITING_CONFIRMATION', m."requestHash", 'Bharat Connect', m.at, m.at
      FROM usual_messages(p) m
      LEFT JOIN counterparty ON counterparty.business_id = m.business AND counterparty.b2b_id = m.buyer
     ORDER BY m.business, m."objectId"
    ON CONFLICT DO NOTHING
    RETURNING business_id, object_id
  )
  INSERT INTO audit_event (business_id, id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, after)
  SELECT m.business, m."auditId", m.at, 'NETWORK', 'req-pay', 'Bharat Connect', 'payment.received', 'payment', m."objectId", m.after
    FROM made JOIN usual_messages(p) m
      ON m.business = made.business_id AND m."objectId" = made.object_id;
  GET DIAGNOSTICS claimed = ROW_COUNT;
  IF claimed <> json_array_length(p) THEN PERFORM misfit(); END IF;

  SELECT sum(json_array_length(one->'lines')) INTO named FROM json_array_elements(p) one;
  IF named > 1 THEN
    PERFORM 1 FROM usual_lines(p) line
      JOIN invoice ON invoice.business_id = line.business AND invoice.side = 'RECEIVABLE' AND invoice.object_id = line."objectId"
      ORDER BY invoice.business_id, invoice.id FOR UPDATE OF invoice;
  END IF;
  -- Each line claims only what is still due of an invoice that is this buyer's. One that doesn't is missing from the count, and so is
  -- the second of two that claim the same invoice.
  WITH claim AS (
    UPDATE invoice
       SET pending = pending + line.total, status = 'PAYMENT_INITIATED', version = greatest(version, line."newVersion"),
           updated_at = line.at
      FROM usual_lines(p) line
     WHERE invoice.business_id = line.business AND invoice.side = 'RECEIVABLE' AND invoice.object_id = line."objectId"
       AND invoice.counterparty_b2b_id = line.buyer AND invoice.supplier_invoice_number = line.number
       AND invoice.base_status NOT IN ('RETURNED', 'REJECTED', 'CANCELLED')
       AND invoice.paid + invoice.pending + line.total <= invoice.total
    RETURNING invoice.business_id, line.payment, invoice.id, line.position, line.net, line.adjustment, line.total, line.splits,
              line."invoiceTotal", line."invoiceDue", line."currentVersion", line."newVersion", line."currentStatus", line."newStatus"
  )
  INSERT INTO payment_line (business_id, payment_object_id, invoice_id, position, net, adjustment, total, splits, invoice_total,
                            invoice_due, current_version, new_version, current_status, new_status)
  SELECT * FROM claim;
  GET DIAGNOSTICS claimed = ROW_COUNT;
  IF claimed <> named THEN PERFORM misfit(); END IF;
END $$;

-- Seed 002: the suppliers' platforms have the payments that these buyers sent.
CREATE FUNCTION take_resp_pays(p json, p_bodies json, p_replies json)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
DECLARE
  moved int;
BEGIN
  PERFORM take_messages('RESP_PAY', 'BUYER', p, p_bodies, p_replies);
  PERFORM 1 FROM payment JOIN usual_messages(p) m
      ON payment.business_id = m.business AND payment.object_id = m."objectId"
    ORDER BY payment.business_id, payment.object_id FOR UPDATE OF payment;
  WITH moved AS (
    UPDATE payment SET status = 'AWAITING_CONFIRMATION', updated_at = m.at
      FROM usual_messages(p) m
     WHERE payment.business_id = m.business AND payment.object_id = m."objectId" AND payment.side = 'OUTGOING'
       AND payment.status = 'SENDING' AND payment.counterparty_b2b_id = m.supplier AND payment.total = m.total
       AND NOT EXISTS (SELECT 1 FROM message
                        WHERE message.business_id = m.business AND message.req_msg_id = m."sentReqMsgId"
                          AND message.direction = 'OUT' AND message.object_id <> m."objectId")
    RETURNING m.business, m."objectId", m."auditId", m.at
  )
  INSERT INTO audit_event (business_id, id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, before, after)
  SELECT business, "auditId", at, 'NETWORK', 'resp-pay', 'Bharat Connect', 'payment.delivered', 'payment', "objectId",
         '{"status":"SENDING"}', '{"status":"AWAITING_CONFIRMATION"}'
    FROM moved;
  GET DIAGNOSTICS moved = ROW_COUNT;
  IF moved <> json_array_length(p) THEN PERFORM misfit(); END IF;
  PERFORM settle_all_sent('REQ_PAY', p);
END $$;

-- Seed 000: suppliers have answered the payments that these buyers sent. An answer may overtake the resp-pay.
CREATE FUNCTION take_req_pay_confirmations(p json, p_bodies json, p_replies json)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
DECLARE
  moved int;
BEGIN
  PERFORM take_messages('REQ_PAY_CONFIRMATION', 'BUYER', p, p_bodies, p_replies);
  WITH found AS MATERIALIZED (
    SELECT payment.business_id, payment.object_id, payment.status AS before, payment.counterparty_name AS answerer
      FROM payment JOIN usual_messages(p) m
        ON payment.business_id = m.business AND payment.object_id = m."objectId"
     ORDER BY payment.business_id, payment.object_id FOR UPDATE OF payment
  ), moved AS (
    UPDATE payment
       SET status = CASE m.response WHEN 'ACCEPT' THEN 'ACCEPTED'::payment_status ELSE 'REJECTED' END,
           supplier_response = m.response, supplier_remarks = m.remarks, responded_by = found.answerer,
           responded_at = m."respondedAt", failure_code = NULL, failure_detail = NULL, failure_field = NULL, updated_at = m.at
      FROM found JOIN usual_messages(p) m
        ON m.business = found.business_id AND m."objectId" = found.object_id
     WHERE payment.business_id = found.business_id AND payment.object_id = found.object_id AND payment.side = 'OUTGOING'
       AND payment.status IN ('SENDING', 'AWAITING_CONFIRMATION') AND payment.counterparty_b2b_id = m.supplier
       AND payment.type = m.type AND (m.response = 'ACCEPT' OR payment.type = 'OFFPLATFORM')
    RETURNING m.business, m."objectId", m."auditId", m.at, found.before, found.answerer, m.response, m.remarks, m."respondedAt",
              payment.status AS after
  )
  INSERT INTO audit_event (business_id, id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, before, after)
  SELECT business, "auditId", at, 'NETWORK', 'req-pay-confirmation', 'Bharat Connect',
         CASE response WHEN 'ACCEPT' THEN 'payment.accepted' ELSE 'payment.rejected' END, 'payment', "objectId",
         -- Written as the portal writes it: these texts are sealed.
         format('{"status":"%s"}', before),
         format('{"supplierResponse":"%s","supplierRemarks":%s,"respondedBy":%s,"respondedAt":"%s","failureCode":null,'
                '"failureDetail":null,"failureField":null,"status":"%s"}',
                response, to_json(remarks), to_json(answerer),
                to_char("respondedAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), after)
    FROM moved;
  GET DIAGNOSTICS moved = ROW_COUNT;
  IF moved <> json_array_length(p) THEN PERFORM misfit(); END IF;
  PERFORM end_all_claims(p);
  PERFORM settle_all_sent('REQ_PAY', p);
END $$;

-- Seed 001: the buyers' side has the answers that these suppliers sent. Only where the network's ack told which of the answers it is
-- ("sentReqMsgId"), and it is the latest.
CREATE FUNCTION take_resp_pay_confirmations(p json, p_bodies json, p_replies json)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
DECLARE
  answered json;
  moved int;
BEGIN
  -- Which of the answers each is: the caller can't know.
  SELECT json_agg((m.one::jsonb || jsonb_build_object('revision', message.revision))::json ORDER BY m.place) INTO answered
    FROM json_array_elements(p) WITH ORDINALITY AS m(one, place)
    JOIN message ON message.business_id = (m.one->>'business')::uuid AND message.req_msg_id = m.one->>'sentReqMsgId'
     AND message.direction = 'OUT' AND message.operation = 'REQ_PAY_CONFIRMATION' AND message.side = 'SUPPLIER'
     AND message.object_id = m.one->>'objectId';
  IF coalesce(json_array_length(answered), 0) <> json_array_length(p) THEN PERFORM misfit(); END IF;
  PERFORM take_messages('RESP_PAY_CONFIRMATION', 'SUPPLIER', answered, p_bodies, p_replies);

  PERFORM 1 FROM payment JOIN usual_messages(p) m
      ON payment.business_id = m.business AND payment.object_id = m."objectId"
    ORDER BY payment.business_id, payment.object_id FOR UPDATE OF payment;
  -- That no later answer is there is asked under the payment's lock, which whoever answers again must hold.
  WITH moved AS (
    UPDATE payment
       SET status = CASE m.response WHEN 'ACCEPT' THEN 'ACCEPTED'::payment_status ELSE 'REJECTED' END, updated_at = m.at
      FROM usual_messages(answered) m
     WHERE payment.business_id = m.business AND payment.object_id = m."objectId" AND payment.side = 'INCOMING'
       AND payment.status = 'CONFIRMING' AND payment.counterparty_b2b_id = m.buyer AND payment.type = m.type
       AND payment.supplier_response = m.response
       AND NOT EXISTS (SELECT 1 FROM message
                        WHERE message.business_id = m.business AND message.direction = 'OUT'
                          AND message.operation = 'REQ_PAY_CONFIRMATION' AND message.side = 'SUPPLIER'
                          AND message.object_id = m."objectId" AND message.revision > m.revision)
    RETURNING m.business, m."objectId", m."auditId", m.at, m.response, payment.status AS after
  )
  INSERT INTO audit_event (business_id, id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, before, after)
  SELECT business, "auditId", at, 'NETWORK', 'resp-pay-confirmation', 'Bharat Connect',
         CASE response WHEN 'ACCEPT' THEN 'payment.accepted' ELSE 'payment.rejected' END, 'payment', "objectId",
         '{"status":"CONFIRMING"}', format('{"status":"%s"}', after)
    FROM moved;
  GET DIAGNOSTICS moved = ROW_COUNT;
  IF moved <> json_array_length(p) THEN PERFORM misfit(); END IF;
  PERFORM end_all_claims(p);
  PERFORM settle_all_sent('REQ_PAY_CONFIRMATION', answered);
END $$;

-- The parts are for these four alone.
REVOKE EXECUTE ON FUNCTION
  usual_messages(json), usual_lines(json), usual_invoices(json),
  take_messages(message_operation, message_side, json, json, json), settle_all_sent(message_operation, json), end_all_claims(json),
  take_req_pays(json, json, json), take_resp_pays(json, json, json), take_req_pay_confirmations(json, json, json),
  take_resp_pay_confirmations(json, json, json)
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
  take_req_pays(json, json, json), take_resp_pays(json, json, json), take_req_pay_confirmations(json, json, json),
  take_resp_pay_confirmations(json, json, json)
  TO chukta_app, chukta_system;
