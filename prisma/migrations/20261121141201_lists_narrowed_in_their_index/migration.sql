-- Every order of invoices with the day of issue and the party in its index: a list that is narrowed by these, a month's by number, say,
-- walks the index alone past all others, which takes a tenth of the time that looking each up in the table does.
CREATE INDEX "invoice_due_idx" ON "invoice"("business_id", "side", "due_date", "id", "issue_date", "counterparty_b2b_id");
DROP INDEX "invoice_business_id_side_due_date_id_idx";
CREATE INDEX "invoice_issued_idx" ON "invoice"("business_id", "side", "issue_date", "id", "counterparty_b2b_id");
DROP INDEX "invoice_business_id_side_issue_date_id_idx";
CREATE INDEX "invoice_total_idx" ON "invoice"("business_id", "side", "total", "id", "issue_date", "counterparty_b2b_id");
DROP INDEX "invoice_business_id_side_total_id_idx";
CREATE INDEX "invoice_party_idx" ON "invoice"("business_id", "side", "counterparty_name", "id", "issue_date", "counterparty_b2b_id");
DROP INDEX "invoice_business_id_side_counterparty_name_id_idx";
CREATE INDEX "invoice_number_idx" ON "invoice"("business_id", "side", "supplier_invoice_number", "id", "issue_date", "counterparty_b2b_id");
DROP INDEX "invoice_business_id_side_supplier_invoice_number_id_idx";

-- So too the payments that aren't accepted, of one party or a span of days.
DROP INDEX "payment_unsettled_idx";
CREATE INDEX "payment_unsettled_idx" ON "payment" ("business_id", "side", "status", "created_at", "object_id")
  INCLUDE ("total", "failure_code", "counterparty_b2b_id", "paid_at") WHERE "status" <> 'ACCEPTED';
