-- The payments of a span of time in the order in which they came, from the index alone: with `paid_at` in it, none of another time is
-- looked up in the table.
CREATE INDEX "payment_made_idx" ON "payment" ("business_id", "side", "created_at", "object_id", "paid_at");
DROP INDEX "payment_business_id_side_created_at_object_id_idx";
