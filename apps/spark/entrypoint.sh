#!/bin/bash
# Starts one role of Spark in the foreground: master, worker, query-server or history-server.
set -euo pipefail
umask 077
role=${1:-}
export SPARK_CONF_DIR=/run/lakehouse/conf SPARK_NO_DAEMONIZE=1
export SPARK_DAEMON_JAVA_OPTS="-Djava.io.tmpdir=/scratch/tmp -XX:+UseSerialGC -Xms32m -XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError"
master=spark-master:7077

run=(spark-class)
case $role in
  master) run+=(org.apache.spark.deploy.master.Master --host "${master%:*}" --port "${master#*:}" --webui-port 8080) ;;
  worker) run+=(org.apache.spark.deploy.worker.Worker --webui-port 8081 "spark://$master") ;;
  query-server) run+=(org.apache.spark.deploy.SparkSubmit --class dev.lakehouse.guard.QueryServer spark-internal) ;;
  history-server) run+=(org.apache.spark.deploy.history.HistoryServer) ;;
  *) echo "command '$role': not a role. Use master, worker, query-server or history-server." >&2; exit 2 ;;
esac
/opt/lakehouse/compose-configuration.sh "$role"
echo "$role" > /run/lakehouse/role

# Each container works in a folder of its own and holds its lock; what containers left behind that are gone is removed.
for folder in /scratch/host-*/; do
  [[ ! -d $folder ]] || flock --nonblock "$folder" rm -rf "$folder" || true
done
export SPARK_LOCAL_DIRS=/scratch/host-$HOSTNAME SPARK_WORKER_DIR=/scratch/host-$HOSTNAME/work
mkdir -p "$SPARK_LOCAL_DIRS" /scratch/tmp
find /scratch/tmp -mindepth 1 -mtime +1 -delete
exec 9< "$SPARK_LOCAL_DIRS"
flock 9

if [[ $role == worker || $role == query-server ]]; then
  # In several networks at once, a container is known to the others by its address in the network of the master.
  SPARK_LOCAL_HOSTNAME=$(curl --silent --output /dev/null --retry 60 --retry-delay 1 --retry-all-errors --write-out '%{local_ip}' "http://${master%:*}:8080/json/")
  export SPARK_LOCAL_HOSTNAME
fi
# Spark wants the folder of its event logs to be there.
[[ $role != query-server || ${SPARK_EVENT_LOG:-false} != true ]] || spark-class org.apache.hadoop.fs.FsShell -mkdir -p s3a://logs/spark-events
exec "${run[@]}"
