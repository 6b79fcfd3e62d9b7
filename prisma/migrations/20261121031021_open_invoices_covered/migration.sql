-- What is due is summed on every list and on the home page: with the amounts in the index, without a look at the table.
DROP INDEX "invoice_open_idx";
CREATE INDEX "invoice_open_idx" ON "invoice" ("business_id", "side", "due_date", "id") INCLUDE ("total", "paid", "pending", "status")
  WHERE "status" IN ('CREATED', 'ACCEPTED', 'PART_PAID', 'PAYMENT_INITIATED');
