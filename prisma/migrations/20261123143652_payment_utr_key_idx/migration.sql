-- Payments by the letters and digits of their UTR alone, as features/protocol/utr.ts reads it (utrKey): one transfer, however it is written.
CREATE INDEX CONCURRENTLY "payment_utr_key_idx" ON "payment"("business_id", ltrim(upper(regexp_replace("utr" COLLATE "C", '[^0-9A-Za-z]', '', 'g')), '0'));
