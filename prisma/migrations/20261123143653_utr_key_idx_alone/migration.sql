-- In place of the one by the UTR as it is written: a payment is written to no more indexes than before.
DROP INDEX "payment_business_id_utr_idx";
