-- The network's messages of the usual kind, again (20261121080000_take_together, whose functions no release has called): what a
-- statement says of its messages is read once, into a list of records, and their bodies come as bytes beside it, not as JSON within
-- JSON. That is a third of the work (docs/bench/gateway.md).
--
-- What holds is as before: each function does the whole of its messages, the messages' own rows, the payments, the invoices, the
-- audit trail; it raises "misfit" (CK001), which undoes everything, whenever one of them is not the usual case; it never judges. All
-- lock in the same order, and each kind of row sorted: messages taken, payments, invoices by id, messages sent. They run as their
-- owner, past the wall around each business: every row that they touch is found by the business that its own message names. Their
-- statements are planned once: planning them anew for each list takes longer than running them.
DROP FUNCTION take_req_pays(json, json, json), take_resp_pays(json, json, json), take_req_pay_confirmations(json, json, json),
  take_resp_pay_confirmations(json, json, json), take_messages(message_operation, message_side, json, json, json),
  settle_all_sent(message_operation, json), end_all_claims(json), usual_messages(json), usual_lines(json), usual_invoices(json);

-- What a message says of an invoice: a req-pay all of it, a confirmation the objectId and the new version.
CREATE TYPE usual_line AS (
  "objectId" text, number text, "position" int, net bigint, adjustment bigint, total bigint, splits jsonb, "invoiceTotal" bigint,
  "invoiceDue" bigint, "currentVersion" int, "newVersion" int, "currentStatus" text, "newStatus" text
);

-- A message, of whichever operation; amounts in paise, "after" the audit's text. Its body is so many bytes of those that come along,
-- from there on (the first byte is 1).
CREATE TYPE usual_message AS (
  business uuid, id uuid, "objectId" text, revision int, "reqMsgId" text, "contentHash" text, "requestId" text, at timestamptz,
  "bodyAt" int, "bodyBytes" int, "replyBody" text, "auditId" uuid, buyer text, supplier text, type payment_type,
  mode payment_mode, utr text, "paidAt" timestamptz, net bigint, adjustment bigint, total bigint, after text, "sentReqMsgId" text,
  response supplier_response, remarks text, "respondedAt" timestamptz, lines usual_line[]
);

-- What is searched of a payment, noted with each of its lines (20261121074304_lists_at_a_million). Whoever has it at hand says it with
-- the line; the trigger looks it up for the others.
CREATE FUNCTION line_words(utr text, counterparty text, invoice_number text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN ' ' || public.searchable(utr || ' ' || counterparty || ' ' || invoice_number) || ' ';

CREATE OR REPLACE FUNCTION note_line_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.search := (
    SELECT public.line_words(payment.utr, payment.counterparty_name, invoice.supplier_invoice_number)
      FROM public.payment, public.invoice
     WHERE payment.business_id = NEW.business_id AND payment.object_id = NEW.payment_object_id
       AND invoice.business_id = NEW.business_id AND invoice.id = NEW.invoice_id);
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER "payment_line_words" BEFORE INSERT ON "payment_line" FOR EACH ROW WHEN (NEW."search" IS NULL)
  EXECUTE FUNCTION "note_line_words"();

CREATE OR REPLACE FUNCTION mend_line_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE public.payment_line
     SET search = public.line_words(payment.utr, payment.counterparty_name, NEW.supplier_invoice_number)
    FROM public.payment
   WHERE payment_line.business_id = NEW.business_id AND payment_line.invoice_id = NEW.id
     AND payment.business_id = NEW.business_id AND payment.object_id = payment_line.payment_object_id;
  RETURN NULL;
END $$;

CREATE FUNCTION take_messages(p_operation message_operation, p_side message_side, messages usual_message[], p_bodies bytea)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  taken int;
BEGIN
  INSERT INTO message (business_id, id, direction, operation, side, object_id, revision, req_msg_id, body, content_hash,
                       reply_status, reply_body, state, request_id, created_at, settled_at)
  SELECT m.business, m.id, 'IN', p_operation, p_side, m."objectId", coalesce(m.revision, 0), m."reqMsgId",
         convert_from(substring(p_bodies FROM m."bodyAt" FOR m."bodyBytes"), 'UTF8'), m."contentHash", 200, m."replyBody", 'TAKEN',
         m."requestId", m.at, m.at
    FROM unnest(messages) m
  ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS taken = ROW_COUNT;
  IF taken <> cardinality(messages) THEN PERFORM misfit(); END IF;
END $$;

-- The outcome of a message that was sent is here, so it was delivered, whatever became of its ack.
CREATE FUNCTION settle_all_sent(p_operation message_operation, messages usual_message[]) RETURNS void LANGUAGE sql AS $$
  UPDATE message
     SET req_msg_id = coalesce(req_msg_id, m."sentReqMsgId"),
         settled_at = CASE WHEN state IN ('QUEUED', 'STOPPED', 'GAVE_UP') THEN m.at ELSE settled_at END,
         last_error = CASE WHEN state IN ('QUEUED', 'STOPPED', 'GAVE_UP') THEN NULL ELSE last_error END,
         next_attempt_at = NULL,
         state = CASE WHEN state IN ('QUEUED', 'STOPPED', 'GAVE_UP') THEN 'DELIVERED' ELSE state END
    FROM unnest(messages) m
   WHERE message.business_id = m.business AND message.direction = 'OUT' AND message.operation = p_operation
     AND message.side = CASE p_operation WHEN 'REQ_PAY' THEN 'BUYER'::message_side ELSE 'SUPPLIER' END
     AND message.object_id = m."objectId" AND message.revision = coalesce(m.revision, 0)
     AND (message.state IN ('QUEUED', 'STOPPED', 'GAVE_UP') OR (message.req_msg_id IS NULL AND m."sentReqMsgId" IS NOT NULL));
$$;

-- What the payments claimed of their invoices ends: paid when accepted, due again when not. Each message must name its payment's
-- invoices, each once and no others.
CREATE FUNCTION end_all_claims(messages usual_message[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  named int := (SELECT sum(cardinality(m.lines)) FROM unnest(messages) m);
  claims int;
  moved int;
BEGIN
  WITH claim AS MATERIALIZED (
    SELECT invoice.business_id, invoice.id, line.total, m.response, m.at, said."newVersion"
      FROM unnest(messages) m
      JOIN payment_line line ON line.business_id = m.business AND line.payment_object_id = m."objectId"
      JOIN invoice ON invoice.business_id = line.business_id AND invoice.id = line.invoice_id
      LEFT JOIN LATERAL unnest(m.lines) said ON said."objectId" = invoice.object_id
     ORDER BY invoice.business_id, invoice.id FOR UPDATE OF invoice
  ), moved AS (
    UPDATE invoice
       SET pending = pending - claim.total,
           paid = CASE WHEN claim.response = 'ACCEPT' THEN paid + claim.total ELSE paid END,
           version = greatest(version, claim."newVersion"),
           status = CASE
             WHEN pending > claim.total THEN 'PAYMENT_INITIATED'
             WHEN claim.response = 'ACCEPT' AND paid + claim.total = invoice.total THEN 'PAID'
             WHEN claim.response = 'ACCEPT' OR paid > 0 THEN 'PART_PAID'
             ELSE base_status
           END,
           updated_at = claim.at
      FROM claim
     WHERE invoice.business_id = claim.business_id AND invoice.id = claim.id AND claim."newVersion" IS NOT NULL
    RETURNING 1
  )
  SELECT (SELECT count(*) FROM claim), (SELECT count(*) FROM moved) INTO claims, moved;
  IF claims <> named OR moved <> named THEN PERFORM misfit(); END IF;
END $$;

-- Seed 004: buyers somewhere have paid these suppliers.
CREATE FUNCTION take_req_pays(p json, p_bodies bytea)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public SET plan_cache_mode = force_generic_plan
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
DECLARE
  messages usual_message[] := ARRAY(
    SELECT m FROM json_populate_recordset(NULL::usual_message, p) m ORDER BY m.business, m."objectId");
  named int := (SELECT sum(cardinality(m.lines)) FROM unnest(messages) m);
  claimed int;
BEGIN
  PERFORM take_messages('REQ_PAY', 'SUPPLIER', messages, p_bodies);

  WITH made AS (
    INSERT INTO payment (business_id, object_id, side, counterparty_b2b_id, counterparty_name, type, mode, utr, paid_at, net,
                         adjustment, total, status, request_hash, created_by, created_at, updated_at)
    SELECT m.business, m."objectId", 'INCOMING', m.buyer, coalesce(counterparty.name, m.buyer), m.type, m.mode, m.utr, m."paidAt",
           m.net, m.adjustment, m.total, 'AWAITING_CONFIRMATION', m."contentHash", 'Bharat Connect', m.at, m.at
      FROM unnest(messages) m
      LEFT JOIN counterparty ON counterparty.business_id = m.business AND counterparty.b2b_id = m.buyer
    ON CONFLICT DO NOTHING
    RETURNING business_id, object_id
  )
  INSERT INTO audit_event (business_id, id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, after)
  SELECT m.business, m."auditId", m.at, 'NETWORK', 'req-pay', 'Bharat Connect', 'payment.received', 'payment', m."objectId", m.after
    FROM made JOIN unnest(messages) m
      ON m.business = made.business_id AND m."objectId" = made.object_id;
  GET DIAGNOSTICS claimed = ROW_COUNT;
  IF claimed <> cardinality(messages) THEN PERFORM misfit(); END IF;

  -- Each line claims only what is still due of an invoice that is this buyer's. One that doesn't is missing from the count, and so is
  -- the second of two that claim the same invoice.
  WITH line AS MATERIALIZED (
    SELECT invoice.business_id, invoice.id, m."objectId" AS payment, m.at, m.buyer, line_words(m.utr, payer.name, said.number) AS words,
           said.*
      FROM unnest(messages) m CROSS JOIN unnest(m.lines) said
      JOIN counterparty payer ON payer.business_id = m.business AND payer.b2b_id = m.buyer
      JOIN invoice ON invoice.business_id = m.business AND invoice.side = 'RECEIVABLE' AND invoice.object_id = said."objectId"
     ORDER BY invoice.business_id, invoice.id FOR UPDATE OF invoice
  ), claim AS (
    UPDATE invoice
       SET pending = pending + line.total, status = 'PAYMENT_INITIATED', version = greatest(version, line."newVersion"),
           updated_at = line.at
      FROM line
     WHERE invoice.business_id = line.business_id AND invoice.id = line.id
       AND invoice.counterparty_b2b_id = line.buyer AND invoice.supplier_invoice_number = line.number
       AND invoice.base_status NOT IN ('RETURNED', 'REJECTED', 'CANCELLED')
       AND invoice.paid + invoice.pending + line.total <= invoice.total
    RETURNING invoice.business_id, line.payment, invoice.id, line.position, line.net, line.adjustment, line.total, line.splits,
              line."invoiceTotal", line."invoiceDue", line."currentVersion", line."newVersion", line."currentStatus",
              line."newStatus", line.words
  )
  INSERT INTO payment_line (business_id, payment_object_id, invoice_id, position, net, adjustment, total, splits, invoice_total,
                            invoice_due, current_version, new_version, current_status, new_status, search)
  SELECT * FROM claim;
  GET DIAGNOSTICS claimed = ROW_COUNT;
  IF claimed <> named THEN PERFORM misfit(); END IF;
END $$;

-- Seed 002: the suppliers' platforms have the payments that these buyers sent.
CREATE FUNCTION take_resp_pays(p json, p_bodies bytea)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public SET plan_cache_mode = force_generic_plan
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
DECLARE
  messages usual_message[] := ARRAY(
    SELECT m FROM json_populate_recordset(NULL::usual_message, p) m ORDER BY m.business, m."objectId");
  moved int;
BEGIN
  PERFORM take_messages('RESP_PAY', 'BUYER', messages, p_bodies);
  WITH found AS MATERIALIZED (
    SELECT payment.business_id, payment.object_id, m."auditId", m.at, m.supplier, m.total, m."sentReqMsgId"
      FROM unnest(messages) m
      JOIN payment ON payment.business_id = m.business AND payment.object_id = m."objectId"
     ORDER BY payment.business_id, payment.object_id FOR UPDATE OF payment
  ), moved AS (
    UPDATE payment SET status = 'AWAITING_CONFIRMATION', updated_at = found.at
      FROM found
     WHERE payment.business_id = found.business_id AND payment.object_id = found.object_id AND payment.side = 'OUTGOING'
       AND payment.status = 'SENDING' AND payment.counterparty_b2b_id = found.supplier AND payment.total = found.total
       AND NOT EXISTS (SELECT 1 FROM message
                        WHERE message.business_id = found.business_id AND message.req_msg_id = found."sentReqMsgId"
                          AND message.direction = 'OUT' AND message.object_id <> found.object_id)
    RETURNING found.business_id, found.object_id, found."auditId", found.at
  )
  INSERT INTO audit_event (business_id, id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, before, after)
  SELECT business_id, "auditId", at, 'NETWORK', 'resp-pay', 'Bharat Connect', 'payment.delivered', 'payment', object_id,
         '{"status":"SENDING"}', '{"status":"AWAITING_CONFIRMATION"}'
    FROM moved;
  GET DIAGNOSTICS moved = ROW_COUNT;
  IF moved <> cardinality(messages) THEN PERFORM misfit(); END IF;
  PERFORM settle_all_sent('REQ_PAY', messages);
END $$;

-- Seed 000: suppliers have answered the payments that these buyers sent. An answer may overtake the resp-pay.
CREATE FUNCTION take_req_pay_confirmations(p json, p_bodies bytea)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public SET plan_cache_mode = force_generic_plan
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
DECLARE
  messages usual_message[] := ARRAY(
    SELECT m FROM json_populate_recordset(NULL::usual_message, p) m ORDER BY m.business, m."objectId");
  moved int;
BEGIN
  PERFORM take_messages('REQ_PAY_CONFIRMATION', 'BUYER', messages, p_bodies);
  WITH found AS MATERIALIZED (
    SELECT payment.business_id, payment.object_id, payment.status AS before, payment.counterparty_name AS answerer,
           m."auditId", m.at, m.supplier, m.type, m.response, m.remarks, m."respondedAt"
      FROM unnest(messages) m
      JOIN payment ON payment.business_id = m.business AND payment.object_id = m."objectId"
     ORDER BY payment.business_id, payment.object_id FOR UPDATE OF payment
  ), moved AS (
    UPDATE payment
       SET status = CASE found.response WHEN 'ACCEPT' THEN 'ACCEPTED'::payment_status ELSE 'REJECTED' END,
           supplier_response = found.response, supplier_remarks = found.remarks, responded_by = found.answerer,
           responded_at = found."respondedAt", failure_code = NULL, failure_detail = NULL, failure_field = NULL, updated_at = found.at
      FROM found
     WHERE payment.business_id = found.business_id AND payment.object_id = found.object_id AND payment.side = 'OUTGOING'
       AND payment.status IN ('SENDING', 'AWAITING_CONFIRMATION') AND payment.counterparty_b2b_id = found.supplier
       AND payment.type = found.type AND (found.response = 'ACCEPT' OR payment.type = 'OFFPLATFORM')
    RETURNING found.*, payment.status AS after
  )
  INSERT INTO audit_event (business_id, id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, before, after)
  SELECT business_id, "auditId", at, 'NETWORK', 'req-pay-confirmation', 'Bharat Connect',
         CASE response WHEN 'ACCEPT' THEN 'payment.accepted' ELSE 'payment.rejected' END, 'payment', object_id,
         -- Written as the portal writes it: these texts are sealed.
         format('{"status":"%s"}', before),
         format('{"supplierResponse":"%s","supplierRemarks":%s,"respondedBy":%s,"respondedAt":"%s","failureCode":null,'
                '"failureDetail":null,"failureField":null,"status":"%s"}',
                response, to_json(remarks), to_json(answerer),
                to_char("respondedAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), after)
    FROM moved;
  GET DIAGNOSTICS moved = ROW_COUNT;
  IF moved <> cardinality(messages) THEN PERFORM misfit(); END IF;
  PERFORM end_all_claims(messages);
  PERFORM settle_all_sent('REQ_PAY', messages);
END $$;

-- Seed 001: the buyers' side has the answers that these suppliers sent. Only where the network's ack told which of the answers it is
-- ("sentReqMsgId"), and it is the latest.
CREATE FUNCTION take_resp_pay_confirmations(p json, p_bodies bytea)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public SET plan_cache_mode = force_generic_plan
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
DECLARE
  -- Which of the answers each is, the caller can't know.
  messages usual_message[] := ARRAY(
    SELECT json_populate_record(m, json_build_object('revision', message.revision))
      FROM json_populate_recordset(NULL::usual_message, p) m
      JOIN message ON message.business_id = m.business AND message.req_msg_id = m."sentReqMsgId" AND message.direction = 'OUT'
       AND message.operation = 'REQ_PAY_CONFIRMATION' AND message.side = 'SUPPLIER' AND message.object_id = m."objectId"
     ORDER BY m.business, m."objectId");
  moved int;
BEGIN
  IF cardinality(messages) <> json_array_length(p) THEN PERFORM misfit(); END IF;
  PERFORM take_messages('RESP_PAY_CONFIRMATION', 'SUPPLIER', messages, p_bodies);
  WITH found AS MATERIALIZED (
    SELECT payment.business_id, payment.object_id, m."auditId", m.at, m.buyer, m.type, m.response, m.revision
      FROM unnest(messages) m
      JOIN payment ON payment.business_id = m.business AND payment.object_id = m."objectId"
     ORDER BY payment.business_id, payment.object_id FOR UPDATE OF payment
  ), moved AS (
    UPDATE payment
       SET status = CASE found.response WHEN 'ACCEPT' THEN 'ACCEPTED'::payment_status ELSE 'REJECTED' END, updated_at = found.at
      FROM found
     WHERE payment.business_id = found.business_id AND payment.object_id = found.object_id AND payment.side = 'INCOMING'
       AND payment.status = 'CONFIRMING' AND payment.counterparty_b2b_id = found.buyer AND payment.type = found.type
       AND payment.supplier_response = found.response
    RETURNING found.business_id, found.object_id, found."auditId", found.at, found.response, payment.status AS after
  )
  INSERT INTO audit_event (business_id, id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, before, after)
  SELECT business_id, "auditId", at, 'NETWORK', 'resp-pay-confirmation', 'Bharat Connect',
         CASE response WHEN 'ACCEPT' THEN 'payment.accepted' ELSE 'payment.rejected' END, 'payment', object_id,
         '{"status":"CONFIRMING"}', format('{"status":"%s"}', after)
    FROM moved;
  GET DIAGNOSTICS moved = ROW_COUNT;
  IF moved <> cardinality(messages) THEN PERFORM misfit(); END IF;
  -- That no later answer is there is asked once the payment is locked, which whoever answers again must hold.
  PERFORM 1 FROM unnest(messages) m
    JOIN message ON message.business_id = m.business AND message.direction = 'OUT' AND message.operation = 'REQ_PAY_CONFIRMATION'
     AND message.side = 'SUPPLIER' AND message.object_id = m."objectId" AND message.revision > m.revision;
  IF FOUND THEN PERFORM misfit(); END IF;
  PERFORM end_all_claims(messages);
  PERFORM settle_all_sent('REQ_PAY_CONFIRMATION', messages);
END $$;

-- The parts are for these four alone.
REVOKE EXECUTE ON FUNCTION
  take_messages(message_operation, message_side, usual_message[], bytea), settle_all_sent(message_operation, usual_message[]),
  end_all_claims(usual_message[]), take_req_pays(json, bytea), take_resp_pays(json, bytea), take_req_pay_confirmations(json, bytea),
  take_resp_pay_confirmations(json, bytea)
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
  take_req_pays(json, bytea), take_resp_pays(json, bytea), take_req_pay_confirmations(json, bytea),
  take_resp_pay_confirmations(json, bytea)
  TO chukta_app, chukta_system;
