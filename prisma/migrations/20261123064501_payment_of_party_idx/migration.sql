-- A party's payments, as before, but with all that its ledger asks of each.
CREATE INDEX CONCURRENTLY "payment_of_party_idx" ON "payment"("business_id", "side", "counterparty_b2b_id", "created_at", "paid_at", "object_id", "total", "status");
