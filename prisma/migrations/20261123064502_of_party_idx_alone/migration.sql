-- In place of the narrower ones: an invoice or a payment is written to no more indexes than before.
DROP INDEX "invoice_business_id_side_counterparty_b2b_id_due_date_idx";
DROP INDEX "payment_business_id_side_counterparty_b2b_id_created_at_idx";
