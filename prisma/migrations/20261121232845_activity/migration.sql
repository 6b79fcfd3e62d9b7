-- The activity page reads the trail in the order of its key. What people and API keys did, and who was let in, is little beside what the
-- network does all day: each has an index of its own, which a message of the network never writes to.
CREATE INDEX "audit_event_by_kind_idx" ON "audit_event" ("business_id", "actor_kind", "id")
  WHERE "actor_kind" IN ('USER', 'API_KEY');
CREATE INDEX "audit_event_by_person_idx" ON "audit_event" ("business_id", "actor_id", "id") WHERE "actor_kind" = 'USER';
CREATE INDEX "audit_event_access_idx" ON "audit_event" ("business_id", "id")
  WHERE "subject_kind" IN ('member', 'api-key', 'business');
