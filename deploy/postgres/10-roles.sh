#!/bin/sh
# Runs once, when the database is made. The portal's user owns its database and is no superuser; the two roles are those of the walls
# between businesses (docs/decisions/022-row-level-security.md), which a user without CREATEROLE can't make itself.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres --set password="$CHUKTA_PASSWORD" <<'SQL'
CREATE ROLE chukta LOGIN PASSWORD :'password';
CREATE ROLE chukta_app NOLOGIN;
CREATE ROLE chukta_system NOLOGIN BYPASSRLS;
GRANT chukta_app, chukta_system TO chukta;
CREATE DATABASE chukta OWNER chukta;
SQL
