-- A payment from a party that isn't known is none of the usual kind: there is no invoice with it either. Where the party and its first bill
-- came just between two statements of this function, the payment went by the party's B2B ID for ever. Else as it was.
CREATE OR REPLACE FUNCTION take_req_pays(p json, p_bodies bytea)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan
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
    SELECT m.business, m."objectId", 'INCOMING', m.buyer, counterparty.name, m.type, m.mode, m.utr, m."paidAt",
           m.net, m.adjustment, m.total, 'AWAITING_CONFIRMATION', m."contentHash", 'Bharat Connect', m.at, m.at
      FROM unnest(messages) m
      JOIN counterparty ON counterparty.business_id = m.business AND counterparty.b2b_id = m.buyer
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
           m."paidAt", m.total AS whole, said.*
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
              line."newStatus", line.words, 'INCOMING'::payment_side, line.at, line."paidAt", line.whole
  )
  INSERT INTO payment_line (business_id, payment_object_id, invoice_id, position, net, adjustment, total, splits, invoice_total,
                            invoice_due, current_version, new_version, current_status, new_status, search, side,
                            made_at, paid_at, payment_total)
  SELECT * FROM claim;
  GET DIAGNOSTICS claimed = ROW_COUNT;
  IF claimed <> named THEN PERFORM misfit(); END IF;
END $$;
