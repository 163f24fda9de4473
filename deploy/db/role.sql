-- At the first start, by PostgreSQL's image: the programs own their database and are no
-- superuser, who could read files and run commands here. That one signs in from inside
-- the container alone: `docker compose exec db psql --username=postgres`.
\set ON_ERROR_STOP on
\set password `cat /secrets/db/password`
-- CREATEDB: a backup is restored beside the database that is there.
CREATE ROLE tasks LOGIN CREATEDB PASSWORD :'password';
CREATE DATABASE tasks OWNER tasks;
ALTER ROLE postgres PASSWORD NULL;
