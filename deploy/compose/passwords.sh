#!/usr/bin/env bash
# Runs inside the PostgreSQL container at its first start, after roles.sql: gives the roles their passwords.
set -euo pipefail
while read -r role password; do
  echo "ALTER ROLE $role PASSWORD '$password';"
done <"${PASSWORDS:-/run/secrets/passwords}" |
  psql -X --quiet --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" --dbname=postgres
