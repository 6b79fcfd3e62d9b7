-- Payments by the letters and digits of their UTR alone, as features/protocol/utr.ts reads it (utrKey): one transfer, however it is written.
-- The business comes last: an index that begins with it, and has little else, is as good a way to find a payment by its ID as the primary
-- key is, for as long as PostgreSQL has counted no rows, and its filter reads all of a business's payments.
CREATE INDEX CONCURRENTLY "payment_utr_key_idx" ON "payment"(ltrim(upper(regexp_replace("utr" COLLATE "C", '[^0-9A-Za-z]', '', 'g')), '0'), "business_id");
