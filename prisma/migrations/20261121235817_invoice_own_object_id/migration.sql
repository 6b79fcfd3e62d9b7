-- AlterTable
ALTER TABLE "invoice" ADD COLUMN     "own_object_id" TEXT;
