-- What the party that didn't write an invoice says of it, and by which of the writer's versions.
ALTER TABLE "invoice" ADD COLUMN     "content_version" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "remarks" TEXT;

-- Returned or rejected means: with remarks, and no money on it. Nothing has set these two before; the rows are looked through by the
-- next migration, which keeps nobody waiting.
ALTER TABLE "invoice"
  ADD CONSTRAINT "invoice_answer_check"
    CHECK ("base_status" NOT IN ('RETURNED', 'REJECTED') OR ("paid" = 0 AND "pending" = 0 AND "remarks" IS NOT NULL)) NOT VALID;
