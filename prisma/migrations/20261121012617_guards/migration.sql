-- What the database itself keeps, whatever the code above it does.

-- The books of an invoice. NOT a single status may disagree with the amounts (features/invoices/rules.ts, statusOf).
ALTER TABLE "invoice"
  ADD CONSTRAINT "invoice_amounts_check"
    CHECK ("total" > 0 AND "paid" >= 0 AND "pending" >= 0 AND "paid" + "pending" <= "total"),
  ADD CONSTRAINT "invoice_base_status_check"
    CHECK ("base_status" NOT IN ('PAYMENT_INITIATED', 'PART_PAID', 'PAID')),
  ADD CONSTRAINT "invoice_status_check"
    CHECK ("status" = CASE
      WHEN "pending" > 0 THEN 'PAYMENT_INITIATED'::"invoice_status"
      WHEN "paid" = "total" THEN 'PAID'::"invoice_status"
      WHEN "paid" > 0 THEN 'PART_PAID'::"invoice_status"
      ELSE "base_status"
    END),
  ADD CONSTRAINT "invoice_cancelled_check"
    CHECK ("base_status" <> 'CANCELLED' OR ("paid" = 0 AND "pending" = 0)),
  ADD CONSTRAINT "invoice_dates_check" CHECK ("due_date" >= "issue_date"),
  ADD CONSTRAINT "invoice_version_check" CHECK ("version" >= 0);

ALTER TABLE "payment"
  ADD CONSTRAINT "payment_amounts_check"
    CHECK ("net" >= 0 AND "adjustment" >= 0 AND "total" > 0 AND "net" + "adjustment" = "total"),
  ADD CONSTRAINT "payment_status_side_check"
    CHECK (("side" = 'OUTGOING' AND "status" <> 'CONFIRMING')
        OR ("side" = 'INCOMING' AND "status" NOT IN ('SENDING', 'FAILED'))),
  -- Answered means: by someone, at some time, with remarks; and nothing else does.
  ADD CONSTRAINT "payment_answer_check"
    CHECK (("status" IN ('CONFIRMING', 'ACCEPTED', 'REJECTED')) =
           ("supplier_response" IS NOT NULL AND "supplier_remarks" IS NOT NULL
            AND "responded_by" IS NOT NULL AND "responded_at" IS NOT NULL)),
  ADD CONSTRAINT "payment_accepted_check" CHECK ("status" <> 'ACCEPTED' OR "supplier_response" = 'ACCEPT'),
  ADD CONSTRAINT "payment_rejected_check"
    CHECK ("status" <> 'REJECTED' OR ("supplier_response" = 'REJECT' AND "type" = 'OFFPLATFORM'));

ALTER TABLE "payment_line"
  ADD CONSTRAINT "payment_line_amounts_check"
    CHECK ("net" >= 0 AND "adjustment" >= 0 AND "total" > 0 AND "net" + "adjustment" = "total"),
  ADD CONSTRAINT "payment_line_version_check" CHECK ("current_version" >= 0 AND "new_version" >= "current_version");

ALTER TABLE "message"
  ADD CONSTRAINT "message_state_check"
    CHECK (("direction" = 'IN') = ("state" = 'TAKEN')),
  -- A queued message has its next attempt's time, and only a queued one has.
  ADD CONSTRAINT "message_next_attempt_check"
    CHECK (("state" = 'QUEUED') = ("next_attempt_at" IS NOT NULL)),
  ADD CONSTRAINT "message_attempts_check" CHECK ("attempts" >= "attempts_before" AND "attempts_before" >= 0);

ALTER TABLE "refused_message"
  ADD CONSTRAINT "refused_message_body_check" CHECK (octet_length("body") <= 65536);

-- Bodies are kept as the exact text; compressing 2 KB on every insert costs more than the space (docs/decisions/004).
ALTER TABLE "message" ALTER COLUMN "body" SET STORAGE EXTERNAL, ALTER COLUMN "reply_body" SET STORAGE EXTERNAL;
ALTER TABLE "message" SET (toast_tuple_target = 8160);

-- The audit trail is append-only.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER "audit_event_append_only" BEFORE UPDATE OR DELETE ON "audit_event"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "audit_event_no_truncate" BEFORE TRUNCATE ON "audit_event"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "audit_seal_append_only" BEFORE UPDATE OR DELETE ON "audit_seal"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "audit_seal_no_truncate" BEFORE TRUNCATE ON "audit_seal"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
