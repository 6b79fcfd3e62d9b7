-- Messages that need a person, for the metrics and whoever looks for them; delivered ones cost it nothing. Built while payments go
-- on, so it is this migration's only statement: PostgreSQL builds no index concurrently inside a transaction.
CREATE INDEX CONCURRENTLY IF NOT EXISTS "message_stuck_idx" ON "message" ("state") WHERE "state" IN ('STOPPED', 'GAVE_UP');
