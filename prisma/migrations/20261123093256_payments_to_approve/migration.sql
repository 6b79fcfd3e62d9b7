-- A payment that waits for a second person's approval (docs/decisions/040). Before SENDING, as in its life.
ALTER TYPE "payment_status" ADD VALUE 'AWAITING_APPROVAL' BEFORE 'SENDING';

-- AlterTable
ALTER TABLE "business" ADD COLUMN     "approval_from" BIGINT;

-- AlterTable
ALTER TABLE "payment" ADD COLUMN     "additional_infos" JSONB,
ADD COLUMN     "approved_at" TIMESTAMPTZ(3),
ADD COLUMN     "approved_by" TEXT,
ADD COLUMN     "geocode" TEXT,
ADD COLUMN     "maker_id" TEXT;
