-- Writes $DUMP with pg_dump and prints its manifest, both of the same moment, while the
-- site goes on being used.
\set ON_ERROR_STOP on
SET statement_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SELECT pg_export_snapshot() AS snapshot \gset
\setenv SNAPSHOT :snapshot
\! pg_dump --format=custom --no-owner --no-privileges --lock-wait-timeout=60s --snapshot="$SNAPSHOT" --file="$DUMP"
\if :SHELL_ERROR
DO $$ BEGIN RAISE 'pg_dump failed'; END $$;
\endif
SELECT 'format', 1;
SELECT 'taken_at', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');
SELECT 'postgresql', split_part(current_setting('server_version'), ' ', 1);
SELECT 'migration', app || '.' || name FROM django_migrations ORDER BY id;
\ir tables.sql
COMMIT;
