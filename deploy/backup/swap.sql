\ir forget.sql
SELECT EXISTS (SELECT FROM pg_database WHERE datname = :'database') AS is_there \gset
\if :is_there
ALTER DATABASE :"database" ALLOW_CONNECTIONS false;
-- Others, such as autovacuum, leave by themselves when it is renamed.
SELECT FROM pg_stat_activity, pg_terminate_backend(pid, 5000)
WHERE datname = :'database' AND backend_type = 'client backend';
ALTER DATABASE :"database" RENAME TO :"before";
\endif
ALTER DATABASE :"restoring" RENAME TO :"database";
