#!/bin/sh
# Creates a database for each service with two roles: the owner migrates, the runtime role reads and writes rows and nothing more.
# A role reaches its own database only. May be repeated. Run by the image of PostgreSQL on an empty data directory, or by hand
# with psql's usual variables (PGHOST, PGUSER, PGPASSWORD) of a role that may create databases and roles.
#
#   CPD_DATABASES             default: all services
#   CPD_DB_OWNER_PASSWORD     password of every <database>_owner
#   CPD_DB_RUNTIME_PASSWORD   password of every <database>_runtime
set -eu

: "${CPD_DB_OWNER_PASSWORD:?is missing: the password of the roles that migrate}"
: "${CPD_DB_RUNTIME_PASSWORD:?is missing: the password of the roles that services work with}"
databases="${CPD_DATABASES:-accounts registration billing payout notification}"
PGUSER="${PGUSER:-${POSTGRES_USER:-postgres}}"
export PGUSER

for database in $databases; do
  psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --dbname=postgres \
    --set=database="$database" --set=owner="${database}_owner" --set=runtime="${database}_runtime" \
    --set=owner_password="$CPD_DB_OWNER_PASSWORD" --set=runtime_password="$CPD_DB_RUNTIME_PASSWORD" <<'SQL'
SELECT format('CREATE ROLE %I', role)
FROM unnest(ARRAY[:'owner', :'runtime']) AS role
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) \gexec
ALTER ROLE :"owner" LOGIN PASSWORD :'owner_password';
ALTER ROLE :"runtime" LOGIN PASSWORD :'runtime_password';
GRANT :"owner" TO CURRENT_USER;
SELECT format('CREATE DATABASE %I OWNER %I', :'database', :'owner')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO :"owner", :"runtime";

\connect :"database"
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"runtime";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" GRANT USAGE, SELECT ON SEQUENCES TO :"runtime";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" GRANT EXECUTE ON FUNCTIONS TO :"runtime";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" GRANT USAGE ON SCHEMAS TO :"runtime";
SQL
  echo "database $database is there, with ${database}_owner and ${database}_runtime"
done
