-- What an import asks of each bill that it would add: whether the same one was cancelled. They are few, and no key holds them any more.
CREATE INDEX CONCURRENTLY "invoice_cancelled_idx" ON "invoice"("business_id", "side", "counterparty_b2b_id") WHERE "base_status" = 'CANCELLED';
