-- An invoice's objectId is minted by one of its two parties: two suppliers' software may well mint the same one.
CREATE UNIQUE INDEX CONCURRENTLY "invoice_business_id_side_object_id_counterparty_b2b_id_key" ON "invoice"("business_id", "side", "object_id", "counterparty_b2b_id");
