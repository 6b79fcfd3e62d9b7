-- The functions that pass the wall run as their owner, and find their tables by a fixed search path. Where that doesn't name the
-- session's own temporary tables, PostgreSQL looks among those first: whoever could run any statement as the portal could put a table
-- called message there, with a trigger that then ran as the owner. So they come last.
ALTER FUNCTION take_req_pays(json, bytea) SET search_path = public, pg_temp;
ALTER FUNCTION take_resp_pays(json, bytea) SET search_path = public, pg_temp;
ALTER FUNCTION take_req_pay_confirmations(json, bytea) SET search_path = public, pg_temp;
ALTER FUNCTION take_resp_pay_confirmations(json, bytea) SET search_path = public, pg_temp;
ALTER FUNCTION queue_job(text, json, timestamptz, text, int) SET search_path = pg_catalog, pg_temp;
ALTER FUNCTION tidy_queue(timestamptz, timestamptz) SET search_path = pg_catalog, pg_temp;
