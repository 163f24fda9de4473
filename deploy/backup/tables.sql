-- One line for each table: its rows, and a sum over them in which their order is nothing.
-- What decides how a value is written is set, so that any server gives the same.
SET TimeZone = 'UTC';
SET DateStyle = 'ISO';
SET IntervalStyle = 'iso_8601';
SET extra_float_digits = 1;
SET bytea_output = 'hex';
SELECT format(
    $$SELECT 'table', %L, count(*), coalesce(sum(
        ('x' || left(md5(t::text), 16))::bit(64)::bigint::numeric), 0) FROM %I.%I AS t$$,
    relname, nspname, relname)
FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind = 'r' AND nspname = current_schema()
ORDER BY relname COLLATE "C"
\gexec
