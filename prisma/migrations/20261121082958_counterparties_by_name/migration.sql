-- CreateIndex
CREATE INDEX "counterparty_business_id_name_b2b_id_idx" ON "counterparty"("business_id", "name", "b2b_id");
