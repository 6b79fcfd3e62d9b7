-- The login of portals that reach PostgreSQL by way of PgBouncer: from the start what other portals ask for as they connect
-- (lib/wall.ts). A connection that comes without it is refused by the portal. Afterwards: \password chukta_portal
CREATE ROLE chukta_portal LOGIN IN ROLE chukta_app, chukta_system;
ALTER ROLE chukta_portal SET role = 'chukta_app';
ALTER ROLE chukta_portal SET search_path = books, public;
ALTER ROLE chukta_portal SET jit = off;
ALTER ROLE chukta_portal SET timezone = 'UTC';
ALTER ROLE chukta_portal SET datestyle = 'ISO, YMD';
ALTER ROLE chukta_portal SET plan_cache_mode = force_generic_plan;
ALTER ROLE chukta_portal SET enable_seqscan = off;
ALTER ROLE chukta_portal SET enable_hashjoin = off;
ALTER ROLE chukta_portal SET enable_mergejoin = off;
ALTER ROLE chukta_portal SET statement_timeout = '15s';
