-- CreateIndex
CREATE INDEX "invoice_business_id_side_counterparty_name_id_idx" ON "invoice"("business_id", "side", "counterparty_name", "id");

-- CreateIndex
CREATE INDEX "invoice_business_id_side_supplier_invoice_number_id_idx" ON "invoice"("business_id", "side", "supplier_invoice_number", "id");

-- CreateIndex
CREATE INDEX "payment_business_id_side_total_object_id_idx" ON "payment"("business_id", "side", "total", "object_id");

-- CreateIndex
CREATE INDEX "payment_business_id_side_paid_at_object_id_idx" ON "payment"("business_id", "side", "paid_at", "object_id");

-- What schema.prisma can't say. Both extensions are trusted: the database's owner may create them.
CREATE EXTENSION IF NOT EXISTS "pg_trgm";
CREATE EXTENSION IF NOT EXISTS "btree_gin";

-- Parts of words in what people search by, inside one business. The texts begin with a blank, so that one or two letters can be
-- looked up as the beginning of a word (trigrams need three characters).
CREATE INDEX "invoice_search_idx" ON "invoice" USING gin
  ("business_id", "side", (' ' || "supplier_invoice_number" || ' ' || "counterparty_name" || ' ' || "description") gin_trgm_ops);
CREATE INDEX "payment_search_idx" ON "payment" USING gin
  ("business_id", "side", (' ' || "utr" || ' ' || "counterparty_name") gin_trgm_ops);

-- What is still owed is a small part of all that ever was: lists, sums and the home page of it read this alone.
CREATE INDEX "invoice_open_idx" ON "invoice" ("business_id", "side", "due_date", "id")
  WHERE "status" IN ('CREATED', 'ACCEPTED', 'PART_PAID', 'PAYMENT_INITIATED');
