-- The message table is the queue of what is to be sent (docs/decisions/023-the-message-table-is-the-queue.md).

-- Only what is queued stands in it, so that taken and delivered messages cost it nothing.
CREATE INDEX "message_due_idx" ON "message" ("next_attempt_at") WHERE "state" = 'QUEUED';
DROP INDEX "message_state_next_attempt_at_idx";

-- Wakes the workers at the commit of a queued message, but only when they sleep. PostgreSQL lets one transaction at a time commit a
-- NOTIFY, so under load nobody should. A worker that sleeps holds this lock alone. Whoever queues a message tries to share it until
-- its own commit: where that fails a worker sleeps, and is woken. Where it works no worker can fall asleep before that commit,
-- and then looks once more. The lock's number is in lib/doorbell.ts too.
CREATE FUNCTION "wake_workers"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT pg_try_advisory_xact_lock_shared(7274150402) THEN
    PERFORM pg_notify('chukta_work', '');
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "message_queued" AFTER INSERT ON "message"
  FOR EACH ROW WHEN (NEW."state" = 'QUEUED') EXECUTE FUNCTION "wake_workers"();

-- Sent again by a person. A worker's own changes (a lease, the next attempt's time) wake nobody.
CREATE TRIGGER "message_queued_again" AFTER UPDATE OF "state" ON "message"
  FOR EACH ROW WHEN (NEW."state" = 'QUEUED' AND (OLD."state" <> 'QUEUED' OR NEW."attempts_before" <> OLD."attempts_before"))
  EXECUTE FUNCTION "wake_workers"();
