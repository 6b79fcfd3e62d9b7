-- A party's invoices, as before, but with all that its ledger asks of each: read from the table, the 20,000 of one party lie on as many pages.
CREATE INDEX CONCURRENTLY "invoice_of_party_idx" ON "invoice"("business_id", "side", "counterparty_b2b_id", "due_date", "issue_date", "id", "total", "status");
