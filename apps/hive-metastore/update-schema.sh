#!/bin/bash
# Makes the metastore's schema, or brings it to the version of the server. Each script runs in one transaction, which
# PostgreSQL undoes as a whole where it is cut off: there is never half a schema, and the next start begins it again.
set -euo pipefail
cd /opt/hive-metastore/schema

ask() { psql --no-psqlrc --quiet --tuples-only --no-align --command "$1"; }
apply() { psql --no-psqlrc --quiet --output /dev/null --set ON_ERROR_STOP=1 --single-transaction --file "$1"; }
fail() { echo "database $PGDATABASE on $PGHOST:$PGPORT: $1" >&2; exit 1; }

for (( attempt = 1; ; attempt++ )); do
  answer=$(ask 'select 1' 2>&1) && break
  (( attempt < 60 )) || fail "not reached within 60 attempts: $answer. See that PostgreSQL runs and has the role $PGUSER."
  sleep 1
done

target=$(sed -n '$s/.*-to-//p' upgrade.order.postgres)
if [[ $(ask "select to_regclass('\"VERSION\"') is not null") == f ]]; then
  [[ $(ask "select count(*) from pg_tables where schemaname = 'public'") == 0 ]] ||
    fail "it has tables, but not those of a metastore. Give the metastore an empty database."
  apply "hive-schema-$target.postgres.sql"
fi
version=$(ask 'select "SCHEMA_VERSION" from "VERSION"')
while read -r step; do
  [[ $version == "${step%%-to-*}" ]] || continue
  apply "upgrade-$step.postgres.sql"
  version=${step##*-to-}
done < upgrade.order.postgres
[[ $version == "$target" ]] || fail "its schema has version '$version', which does not lead to $target. Start the image that wrote it."
echo "schema $version"
