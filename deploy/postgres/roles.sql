-- Roles, database and schema of a Sweeps cluster. For an administrator; harmless to run again, as after an upgrade:
--
--     psql -X -f roles.sql                          the database is called sweeps
--     psql -X -f roles.sql -v database=phases       or otherwise
--
-- A role without a password cannot log in. Give passwords with \password sweeps_owner and so on, which sends only their hash.
-- What each role may do with each table is granted by `sweeps-silo migrate`, which knows the tables; so run this first.

\set ON_ERROR_STOP on
\if :{?database}
\else
  \set database sweeps
\endif

-- sweeps_owner    owns the schema; `sweeps-silo migrate` alone logs in as it
-- sweeps_work     silos
-- sweeps_operate  users: submit, pause, resume, cancel, extend
-- sweeps_read     dashboards and the curious
-- A person gets a login of their own so: CREATE ROLE alice LOGIN IN ROLE sweeps_operate;
-- the settings below are not inherited with membership, and are given to that login too if wanted.
SELECT format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION', name)
FROM unnest(ARRAY['sweeps_owner', 'sweeps_work', 'sweeps_operate', 'sweeps_read']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec

SELECT format('CREATE DATABASE %I TEMPLATE template0 ENCODING ''UTF8''', :'database')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database')
\gexec

\connect :"database"

REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO sweeps_work, sweeps_operate, sweeps_read;
GRANT CONNECT ON DATABASE :"database" TO sweeps_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;

-- An administrator that is no superuser, as with hosted databases, must belong to the role that it makes an owner; CREATEDB and
-- CREATEROLE are enough for the rest.
SELECT format('GRANT sweeps_owner TO %I', current_user)
WHERE NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
\gexec
CREATE SCHEMA IF NOT EXISTS sweeps AUTHORIZATION sweeps_owner;
GRANT USAGE ON SCHEMA sweeps TO sweeps_work, sweeps_operate, sweeps_read;

-- A silo that is stopped in the middle of a turn (SIGSTOP, swap, a lost network) would keep the sweep's row, and every other silo
-- waiting for it, until the server gives the connection up. Turns take milliseconds: seconds of silence mean that something is wrong.
ALTER ROLE sweeps_work IN DATABASE :"database" SET idle_in_transaction_session_timeout = '10s';
ALTER ROLE sweeps_work IN DATABASE :"database" SET lock_timeout = '10s';
ALTER ROLE sweeps_work IN DATABASE :"database" SET statement_timeout = '30s';
ALTER ROLE sweeps_operate IN DATABASE :"database" SET idle_in_transaction_session_timeout = '10s';
ALTER ROLE sweeps_operate IN DATABASE :"database" SET lock_timeout = '10s';
ALTER ROLE sweeps_operate IN DATABASE :"database" SET statement_timeout = '30s';

-- What was granted or settled must outlast a crash of the server, whatever the database's own default.
ALTER ROLE sweeps_work IN DATABASE :"database" SET synchronous_commit = on;
ALTER ROLE sweeps_operate IN DATABASE :"database" SET synchronous_commit = on;

-- Readers hold no row, but a long transaction keeps vacuum from the tables that change most.
ALTER ROLE sweeps_read IN DATABASE :"database" SET default_transaction_read_only = on;
ALTER ROLE sweeps_read IN DATABASE :"database" SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE sweeps_read IN DATABASE :"database" SET statement_timeout = '60s';

-- A migration that waits for a table makes everybody queue behind it: better it gives up, and is run again.
ALTER ROLE sweeps_owner IN DATABASE :"database" SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE sweeps_owner IN DATABASE :"database" SET lock_timeout = '5s';
