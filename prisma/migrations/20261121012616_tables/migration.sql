-- CreateEnum
CREATE TYPE "msme_class" AS ENUM ('MICRO', 'SMALL', 'MEDIUM', 'NONE');

-- CreateEnum
CREATE TYPE "role" AS ENUM ('OWNER', 'FINANCE', 'VIEWER');

-- CreateEnum
CREATE TYPE "invoice_side" AS ENUM ('PAYABLE', 'RECEIVABLE');

-- CreateEnum
CREATE TYPE "invoice_status" AS ENUM ('CREATED', 'ACCEPTED', 'RETURNED', 'REJECTED', 'CANCELLED', 'PAYMENT_INITIATED', 'PART_PAID', 'PAID');

-- CreateEnum
CREATE TYPE "invoice_origin" AS ENUM ('OWN', 'COUNTERPARTY');

-- CreateEnum
CREATE TYPE "payment_side" AS ENUM ('OUTGOING', 'INCOMING');

-- CreateEnum
CREATE TYPE "payment_type" AS ENUM ('ONPLATFORM', 'OFFPLATFORM');

-- CreateEnum
CREATE TYPE "payment_mode" AS ENUM ('INTERNET_BANKING', 'DEBIT_CARD', 'CREDIT_CARD', 'IMPS', 'CASH', 'UPI', 'WALLET', 'NEFT', 'PREPAID_CARD', 'ACCOUNT_TRANSFER', 'CHEQUE');

-- CreateEnum
CREATE TYPE "payment_status" AS ENUM ('SENDING', 'AWAITING_CONFIRMATION', 'CONFIRMING', 'ACCEPTED', 'REJECTED', 'FAILED');

-- CreateEnum
CREATE TYPE "supplier_response" AS ENUM ('ACCEPT', 'REJECT');

-- CreateEnum
CREATE TYPE "message_direction" AS ENUM ('IN', 'OUT');

-- CreateEnum
CREATE TYPE "message_side" AS ENUM ('BUYER', 'SUPPLIER');

-- CreateEnum
CREATE TYPE "message_operation" AS ENUM ('REQ_PAY', 'RESP_PAY', 'REQ_PAY_CONFIRMATION', 'RESP_PAY_CONFIRMATION');

-- CreateEnum
CREATE TYPE "message_state" AS ENUM ('TAKEN', 'QUEUED', 'DELIVERED', 'REFUSED', 'STOPPED', 'GAVE_UP');

-- CreateEnum
CREATE TYPE "actor_kind" AS ENUM ('USER', 'API_KEY', 'NETWORK', 'SYSTEM');

-- CreateTable
CREATE TABLE "app_user" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "must_change_password" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "token" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(3),
    "refresh_token_expires_at" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" UUID NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "last_request" BIGINT NOT NULL,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "business" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "b2b_id" TEXT NOT NULL,
    "legal_name" TEXT NOT NULL,
    "trade_name" TEXT NOT NULL,
    "gstin" TEXT,
    "pan" TEXT,
    "msme_class" "msme_class" NOT NULL DEFAULT 'NONE',
    "bank_account_number" TEXT,
    "bank_ifsc" TEXT,
    "bank_beneficiary_name" TEXT,
    "vpa" TEXT,
    "geocode" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "business_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "business_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" "role" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("business_id","user_id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "business_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by" TEXT,

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("business_id","id")
);

-- CreateTable
CREATE TABLE "counterparty" (
    "business_id" UUID NOT NULL,
    "b2b_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "gstin" TEXT,
    "bank_account_number" TEXT,
    "bank_ifsc" TEXT,
    "bank_beneficiary_name" TEXT,
    "vpa" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "counterparty_pkey" PRIMARY KEY ("business_id","b2b_id")
);

-- CreateTable
CREATE TABLE "invoice" (
    "business_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "side" "invoice_side" NOT NULL,
    "object_id" TEXT NOT NULL,
    "supplier_invoice_number" TEXT NOT NULL,
    "counterparty_b2b_id" TEXT NOT NULL,
    "counterparty_name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "issue_date" DATE NOT NULL,
    "due_date" DATE NOT NULL,
    "total" BIGINT NOT NULL,
    "paid" BIGINT NOT NULL DEFAULT 0,
    "pending" BIGINT NOT NULL DEFAULT 0,
    "status" "invoice_status" NOT NULL DEFAULT 'CREATED',
    "base_status" "invoice_status" NOT NULL DEFAULT 'CREATED',
    "version" INTEGER NOT NULL DEFAULT 1,
    "origin" "invoice_origin" NOT NULL DEFAULT 'OWN',
    "duplicate_key" TEXT,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invoice_pkey" PRIMARY KEY ("business_id","id")
);

-- CreateTable
CREATE TABLE "payment" (
    "business_id" UUID NOT NULL,
    "object_id" TEXT NOT NULL,
    "side" "payment_side" NOT NULL,
    "counterparty_b2b_id" TEXT NOT NULL,
    "counterparty_name" TEXT NOT NULL,
    "type" "payment_type" NOT NULL,
    "mode" "payment_mode" NOT NULL,
    "utr" TEXT NOT NULL,
    "paid_at" TIMESTAMPTZ(3) NOT NULL,
    "net" BIGINT NOT NULL,
    "adjustment" BIGINT NOT NULL,
    "total" BIGINT NOT NULL,
    "status" "payment_status" NOT NULL,
    "supplier_response" "supplier_response",
    "supplier_remarks" TEXT,
    "responded_by" TEXT,
    "responded_at" TIMESTAMPTZ(3),
    "failure_code" TEXT,
    "failure_detail" TEXT,
    "failure_field" TEXT,
    "request_hash" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "payment_pkey" PRIMARY KEY ("business_id","object_id")
);

-- CreateTable
CREATE TABLE "payment_line" (
    "business_id" UUID NOT NULL,
    "payment_object_id" TEXT NOT NULL,
    "invoice_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "net" BIGINT NOT NULL,
    "adjustment" BIGINT NOT NULL,
    "total" BIGINT NOT NULL,
    "splits" JSONB NOT NULL DEFAULT '[]',
    "invoice_total" BIGINT NOT NULL,
    "invoice_due" BIGINT NOT NULL,
    "current_version" INTEGER NOT NULL,
    "new_version" INTEGER NOT NULL,
    "current_status" TEXT NOT NULL,
    "new_status" TEXT NOT NULL,

    CONSTRAINT "payment_line_pkey" PRIMARY KEY ("business_id","payment_object_id","invoice_id")
);

-- CreateTable
CREATE TABLE "message" (
    "business_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "direction" "message_direction" NOT NULL,
    "operation" "message_operation" NOT NULL,
    "side" "message_side" NOT NULL,
    "object_id" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "req_msg_id" TEXT,
    "body" TEXT NOT NULL,
    "content_hash" TEXT NOT NULL,
    "reply_status" INTEGER,
    "reply_body" TEXT,
    "state" "message_state" NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "attempts_before" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "request_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "message_pkey" PRIMARY KEY ("business_id","id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "business_id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "status" INTEGER,
    "detail" TEXT NOT NULL DEFAULT '',
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "took_ms" INTEGER NOT NULL,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("business_id","message_id","attempt")
);

-- CreateTable
CREATE TABLE "refused_message" (
    "id" UUID NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "operation" TEXT NOT NULL,
    "caller" TEXT NOT NULL,
    "buyer_b2b_id" TEXT,
    "supplier_b2b_id" TEXT,
    "object_id" TEXT,
    "status" INTEGER NOT NULL,
    "error_cd" TEXT NOT NULL,
    "error_dtl" TEXT NOT NULL,
    "error_field" TEXT NOT NULL,
    "body" TEXT NOT NULL,

    CONSTRAINT "refused_message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "business_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_kind" "actor_kind" NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT,
    "transaction_id" BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("business_id","id")
);

-- CreateTable
CREATE TABLE "audit_seal" (
    "business_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "event_ids" UUID[],
    "through_transaction_id" BIGINT NOT NULL,
    "previous_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_seal_pkey" PRIMARY KEY ("business_id","sequence")
);

-- CreateIndex
CREATE UNIQUE INDEX "app_user_email_key" ON "app_user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "session"("token");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "account_user_id_idx" ON "account"("user_id");

-- CreateIndex
CREATE INDEX "verification_identifier_idx" ON "verification"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "rate_limit_key_key" ON "rate_limit"("key");

-- CreateIndex
CREATE UNIQUE INDEX "business_slug_key" ON "business"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "business_b2b_id_key" ON "business"("b2b_id");

-- CreateIndex
CREATE INDEX "membership_user_id_idx" ON "membership"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_business_id_secret_hash_key" ON "api_key"("business_id", "secret_hash");

-- CreateIndex
CREATE INDEX "invoice_business_id_side_due_date_id_idx" ON "invoice"("business_id", "side", "due_date", "id");

-- CreateIndex
CREATE INDEX "invoice_business_id_side_issue_date_id_idx" ON "invoice"("business_id", "side", "issue_date", "id");

-- CreateIndex
CREATE INDEX "invoice_business_id_side_total_id_idx" ON "invoice"("business_id", "side", "total", "id");

-- CreateIndex
CREATE INDEX "invoice_business_id_side_status_due_date_id_idx" ON "invoice"("business_id", "side", "status", "due_date", "id");

-- CreateIndex
CREATE INDEX "invoice_business_id_side_counterparty_b2b_id_due_date_idx" ON "invoice"("business_id", "side", "counterparty_b2b_id", "due_date");

-- CreateIndex
CREATE UNIQUE INDEX "invoice_business_id_side_object_id_key" ON "invoice"("business_id", "side", "object_id");

-- CreateIndex
CREATE UNIQUE INDEX "invoice_business_id_side_duplicate_key_key" ON "invoice"("business_id", "side", "duplicate_key");

-- CreateIndex
CREATE INDEX "payment_business_id_side_created_at_object_id_idx" ON "payment"("business_id", "side", "created_at", "object_id");

-- CreateIndex
CREATE INDEX "payment_business_id_side_status_created_at_object_id_idx" ON "payment"("business_id", "side", "status", "created_at", "object_id");

-- CreateIndex
CREATE INDEX "payment_business_id_side_counterparty_b2b_id_created_at_idx" ON "payment"("business_id", "side", "counterparty_b2b_id", "created_at");

-- CreateIndex
CREATE INDEX "payment_business_id_utr_idx" ON "payment"("business_id", "utr");

-- CreateIndex
CREATE INDEX "payment_line_business_id_invoice_id_idx" ON "payment_line"("business_id", "invoice_id");

-- CreateIndex
CREATE INDEX "message_business_id_req_msg_id_idx" ON "message"("business_id", "req_msg_id");

-- CreateIndex
CREATE INDEX "message_state_next_attempt_at_idx" ON "message"("state", "next_attempt_at");

-- CreateIndex
CREATE UNIQUE INDEX "message_business_id_direction_operation_side_object_id_revi_key" ON "message"("business_id", "direction", "operation", "side", "object_id", "revision");

-- CreateIndex
CREATE INDEX "refused_message_received_at_idx" ON "refused_message"("received_at");

-- CreateIndex
CREATE INDEX "audit_event_business_id_transaction_id_idx" ON "audit_event"("business_id", "transaction_id");

-- CreateIndex
CREATE INDEX "audit_event_business_id_subject_kind_subject_id_at_idx" ON "audit_event"("business_id", "subject_kind", "subject_id", "at");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_business_id_fkey" FOREIGN KEY ("business_id") REFERENCES "business"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_business_id_fkey" FOREIGN KEY ("business_id") REFERENCES "business"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "counterparty" ADD CONSTRAINT "counterparty_business_id_fkey" FOREIGN KEY ("business_id") REFERENCES "business"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invoice" ADD CONSTRAINT "invoice_business_id_fkey" FOREIGN KEY ("business_id") REFERENCES "business"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invoice" ADD CONSTRAINT "invoice_business_id_counterparty_b2b_id_fkey" FOREIGN KEY ("business_id", "counterparty_b2b_id") REFERENCES "counterparty"("business_id", "b2b_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment" ADD CONSTRAINT "payment_business_id_fkey" FOREIGN KEY ("business_id") REFERENCES "business"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_line" ADD CONSTRAINT "payment_line_business_id_payment_object_id_fkey" FOREIGN KEY ("business_id", "payment_object_id") REFERENCES "payment"("business_id", "object_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_line" ADD CONSTRAINT "payment_line_business_id_invoice_id_fkey" FOREIGN KEY ("business_id", "invoice_id") REFERENCES "invoice"("business_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_business_id_fkey" FOREIGN KEY ("business_id") REFERENCES "business"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_business_id_message_id_fkey" FOREIGN KEY ("business_id", "message_id") REFERENCES "message"("business_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_business_id_fkey" FOREIGN KEY ("business_id") REFERENCES "business"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_seal" ADD CONSTRAINT "audit_seal_business_id_fkey" FOREIGN KEY ("business_id") REFERENCES "business"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
