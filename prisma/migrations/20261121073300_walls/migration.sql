-- A second wall around each business's rows (docs/decisions/022-row-level-security.md).
--
-- The portal's connections run as chukta_app, which sees and writes the rows of one business: the one that the transaction names
-- in the setting chukta.business, and none where it names none. What truly spans businesses (sign-in, the worker's queue, the
-- operator) runs as chukta_system. Both are roles of the whole server, and nobody logs in as them.
DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['chukta_app', 'chukta_system'] LOOP
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
      END IF;
      IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        EXECUTE format('GRANT %I TO CURRENT_USER', wanted);
      END IF;
    EXCEPTION
      -- Another database of this server is being migrated at this moment.
      WHEN duplicate_object OR unique_violation THEN NULL;
      WHEN insufficient_privilege THEN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted AND pg_has_role(current_user, oid, 'USAGE')) THEN
          RAISE insufficient_privilege USING
            MESSAGE = format('The role %s is missing, and %s may not make it', wanted, current_user),
            HINT = format('As an administrator: CREATE ROLE %1$I NOLOGIN; GRANT %1$I TO %2$I;', wanted, current_user);
        END IF;
    END;
  END LOOP;
  -- Policies let chukta_system see everything. Where it may pass them by, PostgreSQL also plans its queries by all its statistics.
  IF NOT (SELECT rolbypassrls FROM pg_roles WHERE rolname = 'chukta_system') THEN
    ALTER ROLE chukta_system BYPASSRLS;
  END IF;
EXCEPTION WHEN insufficient_privilege THEN
  -- Only an administrator may say so: then the policies do.
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'chukta_system') THEN RAISE; END IF;
END $$;

-- Views of the businesses' tables, under the same names, for chukta_app's search path. A policy alone would be a wall too, but a
-- slow one: PostgreSQL shows a row to a condition that isn't leakproof (= of an enum, ILIKE) only after the policy has let it
-- through, and so never looks such a condition up in an index. A view's own condition is one among the others.
CREATE SCHEMA IF NOT EXISTS books;
GRANT USAGE ON SCHEMA public, books TO chukta_app, chukta_system;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO chukta_system;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO chukta_system;

-- People belong to no business. Of them chukta_app sees the members of the one it works for.
ALTER TABLE app_user ENABLE ROW LEVEL SECURITY;
CREATE POLICY system ON app_user TO chukta_system USING (true) WITH CHECK (true);
CREATE POLICY members ON app_user FOR SELECT TO chukta_app USING (
  EXISTS (SELECT FROM membership
           WHERE membership.user_id = app_user.id
             AND membership.business_id = nullif(current_setting('chukta.business', true), '')::uuid));
GRANT SELECT ON app_user TO chukta_app;

-- Puts the wall around every table of a business that lacks it, and brings the views up to the tables' columns. Called after every
-- migration; where nothing is missing it takes no lock.
CREATE FUNCTION put_up_walls() RETURNS void LANGUAGE plpgsql SET search_path = public AS $$
DECLARE
  own record;
  here text;
  may text;
BEGIN
  FOR own IN
    SELECT c.relname AS name, a.attname AS key, c.relrowsecurity AS walled,
           (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
             WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped) AS columns,
           (SELECT count(*) FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped) AS width,
           (SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass(format('books.%I', c.relname)) AND attnum > 0) AS shown
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
       AND a.attname = CASE c.relname WHEN 'business' THEN 'id' ELSE 'business_id' END
  LOOP
    here := format('%I = nullif(current_setting(''chukta.business'', true), '''')::uuid', own.key);
    -- The audit trail only grows, and only the system seals it or lets a business in.
    may := CASE own.name
      WHEN 'business' THEN 'SELECT' WHEN 'audit_seal' THEN 'SELECT' WHEN 'audit_event' THEN 'SELECT, INSERT'
      ELSE 'SELECT, INSERT, UPDATE, DELETE' END;
    IF NOT own.walled THEN
      EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', own.name);
      EXECUTE format('CREATE POLICY own_business ON %I TO chukta_app USING (%s) WITH CHECK (%s)', own.name, here, here);
      EXECUTE format('CREATE POLICY system ON %I TO chukta_system USING (true) WITH CHECK (true)', own.name);
      EXECUTE format('GRANT %s ON %I TO chukta_app', may, own.name);
    END IF;
    IF own.shown <> own.width THEN
      -- What a view reads it reads as its owner, who is the table's.
      EXECUTE format('CREATE OR REPLACE VIEW books.%I AS SELECT %s FROM public.%I WHERE %s WITH CASCADED CHECK OPTION',
                     own.name, own.columns, own.name, here);
      EXECUTE format('GRANT %s ON books.%I TO chukta_app', may, own.name);
    END IF;
  END LOOP;
  IF to_regclass('graphile_worker.jobs') IS NOT NULL THEN
    GRANT USAGE ON SCHEMA graphile_worker TO chukta_system;
    GRANT SELECT ON graphile_worker.jobs TO chukta_system;
  END IF;
END $$;
REVOKE EXECUTE ON FUNCTION put_up_walls() FROM PUBLIC;
SELECT put_up_walls();

-- The queue's tables belong to whoever migrates. These are the two things that the portal does with them.
CREATE FUNCTION queue_job(p_name text, p_payload json, p_run_at timestamptz, p_job_key text, p_max_attempts int)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  PERFORM graphile_worker.add_job(p_name, payload := p_payload, run_at := p_run_at, job_key := p_job_key,
                                  max_attempts := p_max_attempts);
END $$;
REVOKE EXECUTE ON FUNCTION queue_job(text, json, timestamptz, text, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION queue_job(text, json, timestamptz, text, int) TO chukta_app, chukta_system;

CREATE FUNCTION tidy_queue(p_lost_before timestamptz, p_spent_before timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  PERFORM graphile_worker.force_unlock_workers(array_agg(DISTINCT locked_by))
     FROM graphile_worker.jobs WHERE locked_at < p_lost_before HAVING count(*) > 0;
  PERFORM graphile_worker.complete_jobs(array_agg(id))
     FROM graphile_worker.jobs
    WHERE attempts >= max_attempts AND locked_at IS NULL AND updated_at < p_spent_before HAVING count(*) > 0;
END $$;
REVOKE EXECUTE ON FUNCTION tidy_queue(timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tidy_queue(timestamptz, timestamptz) TO chukta_system;
