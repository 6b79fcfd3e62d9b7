-- What the other party returned or rejected, and its writer has still to correct or cancel: few, and counted on every home page.
CREATE INDEX CONCURRENTLY "invoice_came_back_idx" ON "invoice"("business_id", "side", "due_date", "id") INCLUDE ("total") WHERE "origin" = 'OWN' AND "status" IN ('REJECTED', 'RETURNED');
