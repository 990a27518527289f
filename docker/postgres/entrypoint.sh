#!/bin/bash
# Starts PostgreSQL with a role and a database of its own for each /run/secrets/postgres-<role> that is mounted.
set -euo pipefail

volume=/var/lib/postgresql/data
export PGDATA=$volume/cluster PGHOST=/run/lakehouse
config=config_file=/opt/lakehouse/conf/postgresql.conf

# The lock ends with the server, however that ends. Process ids tell nothing across containers.
exec 9> "$volume/.lock"
flock --nonblock 9 || { echo "$volume: another PostgreSQL runs on this volume. Stop its container first." >&2; exit 1; }

# Made beside its place and moved there when complete, so that what a killed start left behind is never taken for a cluster.
rm -rf "$volume/unfinished"
if [[ ! -d $PGDATA ]]; then
  initdb --pgdata "$volume/unfinished" --username postgres --encoding UTF8 --locale C.UTF-8 --data-checksums \
    --auth-local peer --auth-host scram-sha-256 > /dev/null
  mv "$volume/unfinished" "$PGDATA"
  sync "$volume"
fi

# Reached through its socket alone until the roles are there. A failing statement must not bring a password into the log.
rm -f "$PGDATA/postmaster.pid"
pg_ctl start --silent --wait --timeout 600 --options "-c $config -c listen_addresses= -c log_min_error_statement=panic"
for secret in /run/secrets/postgres-*; do
  [[ -r $secret ]] || continue
  role=${secret##*/postgres-}
  psql --quiet --no-psqlrc --username postgres --dbname postgres --set ON_ERROR_STOP=1 \
    --set role="${role/#admin/postgres}" --set secret="$secret" --file /opt/lakehouse/provision.sql
done
pg_ctl stop --silent --wait --mode fast

exec postgres -c "$config"
