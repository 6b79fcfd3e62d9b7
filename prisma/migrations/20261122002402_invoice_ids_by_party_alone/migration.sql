-- In place of the narrower one, which let the first of two parties keep the other out.
DROP INDEX "invoice_business_id_side_object_id_key";
