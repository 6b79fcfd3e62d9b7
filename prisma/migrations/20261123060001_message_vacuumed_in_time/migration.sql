-- Each message that is sent leaves two dead rows behind, and as many entries at the front of message_due_idx, over which every look for
-- work steps until a vacuum. Of six million messages a fifth would be 600,000 of them sent. As invoice and payment are since
-- 20261121074304_lists_at_a_million.
ALTER TABLE "message" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
