#!/bin/bash
# Whether the role of this container answers.
set -euo pipefail

page() { curl --silent --fail --max-time 3 --output /dev/null "http://127.0.0.1:$1/"; }
open() { (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null; }

case $(< /run/lakehouse/role) in
  master) page 8080 ;;
  worker) page 8081 ;;
  query-server) open 10000 && open 15002 ;;
  history-server) page 18080 ;;
esac
