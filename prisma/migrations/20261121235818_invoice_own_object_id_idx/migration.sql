-- Finds the bill that a request asks for again after the supplier's version has taken its place, and another id with it. Few have one.
CREATE INDEX CONCURRENTLY "invoice_own_object_id_idx" ON "invoice"("business_id", "side", "own_object_id") WHERE "own_object_id" IS NOT NULL;
