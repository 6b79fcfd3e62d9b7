-- AlterTable
ALTER TABLE "invoice" ADD COLUMN     "source_version" INTEGER;
