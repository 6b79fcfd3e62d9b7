-- Apart from the migration before: a new value of an enum can't be used in the transaction that adds it.
-- NOT VALID: no row has the value yet, so no table needs to be read for it.
ALTER TABLE "payment"
  ADD CONSTRAINT "payment_to_approve_check"
    CHECK ("status" <> 'AWAITING_APPROVAL' OR ("side" = 'OUTGOING' AND "maker_id" IS NOT NULL AND "approved_at" IS NULL)) NOT VALID,
  ADD CONSTRAINT "payment_approved_check" CHECK (("approved_by" IS NULL) = ("approved_at" IS NULL)) NOT VALID;

ALTER TABLE "business"
  ADD CONSTRAINT "business_approval_from_check" CHECK ("approval_from" >= 0) NOT VALID;
