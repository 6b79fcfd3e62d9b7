ALTER TABLE "invoice" VALIDATE CONSTRAINT "invoice_answer_check";
