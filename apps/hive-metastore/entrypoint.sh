#!/bin/bash
# Brings the schema in the database up to date and starts the metastore. Secrets go from /run/secrets into files of the
# memory file system /run/lakehouse, and never into an argument or the environment.
set -euo pipefail
umask 077
conf=/run/lakehouse/conf
mkdir -p "$conf"

# property NAME SECRET: a configuration file of Hadoop that holds the secret.
property() {
  local value
  value=$(sed 's/&/\&amp;/g; s/</\&lt;/g' "/run/secrets/$2")
  printf '<configuration><property><name>%s</name><value>%s</value></property></configuration>\n' "$1" "$value"
}
property javax.jdo.option.ConnectionPassword postgres-metastore > "$conf/hive-site.xml"
property fs.s3a.secret.key s3-metastore > "$conf/hivemetastore-site.xml"

# The password file of libpq: colons and backslashes in it are escaped.
export PGPASSFILE=/run/lakehouse/pgpass
printf '*:*:*:*:%s\n' "$(sed 's/[\\:]/\\&/g' /run/secrets/postgres-metastore)" > "$PGPASSFILE"
/opt/lakehouse/update-schema.sh

options=(-Xmx"$METASTORE_HEAP" -Xms32m -Xss512k -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError)
for package in lang net util; do options+=(--add-opens "java.base/java.$package=ALL-UNNAMED"); done
exec java "${options[@]}" -Dlog4j2.configurationFile=/opt/lakehouse/conf/metastore-log4j2.properties \
  -cp "$conf:/opt/lakehouse/conf:/opt/hive-metastore/lib/*" org.apache.hadoop.hive.metastore.HiveMetaStore
