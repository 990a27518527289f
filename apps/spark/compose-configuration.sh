#!/bin/bash
# Puts together what Spark reads: the files of /opt/lakehouse/conf, the environment's settings, and the secrets that are
# mounted. It goes to the memory file system /run/lakehouse, and no secret into an argument or the environment.
set -euo pipefail
umask 077
conf=/opt/lakehouse/conf
mkdir -p "$SPARK_CONF_DIR"
cp --no-preserve=mode $conf/* "$SPARK_CONF_DIR"

# setting NAME VALUE: a line of spark-defaults.conf, nothing where there is no value.
setting() { [[ -z $2 ]] || printf '%s %s\n' "$1" "$2" >> "$SPARK_CONF_DIR/spark-defaults.conf"; }
# secret NAME: its value, nothing where it is not mounted.
secret() { [[ ! -r /run/secrets/$1 ]] || cat "/run/secrets/$1"; }
# property NAME VALUE: an element of Hadoop's configuration.
property() { printf '  <property><name>%s</name><value>%s</value></property>\n' "$1" "$(sed 's/&/\&amp;/g; s/</\&lt;/g' <<< "$2")"; }

setting spark.authenticate.secret "$(secret spark-authentication)"
if [[ $1 == query-server ]]; then
  setting spark.connect.authenticate.token "$(secret connect-token)"
  setting spark.driver.memory "${SPARK_DRIVER_MEMORY:-1536m}"
  setting spark.driver.extraJavaOptions "-Djava.io.tmpdir=/scratch/tmp -Dderby.stream.error.file=/dev/null -Xms256m -XX:+ExitOnOutOfMemoryError -XX:+Use${SPARK_DRIVER_GC:-Serial}GC"
  setting spark.executor.memory "${SPARK_EXECUTOR_MEMORY:-1g}"
  setting spark.executor.cores "${SPARK_EXECUTOR_CORES:-2}"
  setting spark.cores.max "${SPARK_CORES_MAX:-2}"
  setting spark.eventLog.enabled "${SPARK_EVENT_LOG:-false}"
fi

# The container acts on the object store as the identity whose secret it has.
{
  grep --invert-match '</configuration>' $conf/core-site.xml
  for file in /run/secrets/s3-*; do
    [[ -r $file ]] || continue
    property fs.s3a.access.key "${file##*/s3-}"
    property fs.s3a.secret.key "$(cat "$file")"
  done
  echo '</configuration>'
} > "$SPARK_CONF_DIR/core-site.xml"
