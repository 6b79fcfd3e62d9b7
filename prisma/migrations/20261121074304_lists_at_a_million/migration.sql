-- Lists, searches and sums that stay quick at a million invoices (docs/bench/reads.md). What schema.prisma can't say is said here.

-- Text as it is searched: without case, and with a blank for every sign, so that a word begins wherever a person would say it does.
CREATE FUNCTION searchable(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN lower(translate($1, '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', '                                '));

-- What is searched of an invoice. The pending list is read by every search: it is kept short.
CREATE INDEX "invoice_words_idx" ON "invoice" USING gin
  ("business_id", (' ' || searchable("supplier_invoice_number" || ' ' || "counterparty_name" || ' ' || "description") || ' ') gin_trgm_ops)
  WITH (gin_pending_list_limit = 512);
DROP INDEX "invoice_search_idx";

-- Of a payment people search the UTR, the party and the invoices' numbers: three tables. A line never changes, so all of it is noted
-- there once; an index on the payment itself would be written anew at each of its steps.
ALTER TABLE "payment_line" ADD COLUMN "search" TEXT;

CREATE FUNCTION note_line_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.search := (
    SELECT ' ' || public.searchable(payment.utr || ' ' || payment.counterparty_name || ' ' || invoice.supplier_invoice_number) || ' '
      FROM public.payment, public.invoice
     WHERE payment.business_id = NEW.business_id AND payment.object_id = NEW.payment_object_id
       AND invoice.business_id = NEW.business_id AND invoice.id = NEW.invoice_id);
  RETURN NEW;
END $$;
CREATE TRIGGER "payment_line_words" BEFORE INSERT ON "payment_line" FOR EACH ROW EXECUTE FUNCTION "note_line_words"();

-- A number can still be mended after all its payments have failed.
CREATE FUNCTION mend_line_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE public.payment_line
     SET search = ' ' || public.searchable(payment.utr || ' ' || payment.counterparty_name || ' ' || NEW.supplier_invoice_number) || ' '
    FROM public.payment
   WHERE payment_line.business_id = NEW.business_id AND payment_line.invoice_id = NEW.id
     AND payment.business_id = NEW.business_id AND payment.object_id = payment_line.payment_object_id;
  RETURN NULL;
END $$;
CREATE TRIGGER "invoice_number_mended" AFTER UPDATE OF "supplier_invoice_number" ON "invoice" FOR EACH ROW
  WHEN (OLD."supplier_invoice_number" IS DISTINCT FROM NEW."supplier_invoice_number") EXECUTE FUNCTION "mend_line_words"();

UPDATE "payment_line"
   SET "search" = ' ' || searchable(payment."utr" || ' ' || payment."counterparty_name" || ' ' || invoice."supplier_invoice_number") || ' '
  FROM "payment", "invoice"
 WHERE payment."business_id" = "payment_line"."business_id" AND payment."object_id" = "payment_line"."payment_object_id"
   AND invoice."business_id" = "payment_line"."business_id" AND invoice."id" = "payment_line"."invoice_id";

CREATE INDEX "payment_line_words_idx" ON "payment_line" USING gin ("business_id", "search" gin_trgm_ops)
  WITH (gin_pending_list_limit = 512) WHERE "search" IS NOT NULL;
DROP INDEX "payment_search_idx";

-- A payment by its amount: what it settles has an index; what was paid differs from that only where something was adjusted.
CREATE INDEX "payment_net_idx" ON "payment" ("business_id", "net") WHERE "adjustment" > 0;

-- All but accepted payments are few: an index of those alone is small, and an accepted payment costs it nothing. With the amounts,
-- so that the home page's sums read nothing else.
CREATE INDEX "payment_unsettled_idx" ON "payment" ("business_id", "side", "status", "created_at", "object_id")
  INCLUDE ("total", "failure_code") WHERE "status" <> 'ACCEPTED';
DROP INDEX "payment_business_id_side_status_created_at_object_id_idx";

-- Open invoices with all that sums of them are narrowed by.
CREATE INDEX "invoice_unpaid_idx" ON "invoice" ("business_id", "side", "due_date", "id")
  INCLUDE ("total", "paid", "pending", "status", "counterparty_b2b_id", "issue_date")
  WHERE "status" IN ('CREATED', 'ACCEPTED', 'PART_PAID', 'PAYMENT_INITIATED');
DROP INDEX "invoice_open_idx";
-- Refused and cancelled ones are as few; the paid ones are nearly all, and any order finds them.
CREATE INDEX "invoice_refused_idx" ON "invoice" ("business_id", "side", "status", "due_date", "id")
  WHERE "status" IN ('CANCELLED', 'REJECTED', 'RETURNED');
DROP INDEX "invoice_business_id_side_status_due_date_id_idx";

-- Messages that a person must send again: few, and looked for on every home page.
CREATE INDEX "message_stuck_idx" ON "message" ("business_id", "side", "object_id")
  WHERE "direction" = 'OUT' AND "state" IN ('STOPPED', 'GAVE_UP');

-- An index is only enough by itself where a vacuum has been; after a fifth of a large table's rows that comes too late.
ALTER TABLE "invoice" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
ALTER TABLE "payment" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
ALTER TABLE "payment_line" SET (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
