"""Whether the Airflow process of this container is alive."""

from __future__ import annotations

import socket
from datetime import timedelta
from urllib.request import urlopen

import psycopg2

_SILENCE = timedelta(seconds=45)
"""Jobs tell of themselves every five seconds; a machine at its limits may take some time over it."""

_JOBS = {"scheduler": "SchedulerJob", "dag-processor": "DagProcessorJob", "triggerer": "TriggererJob"}

_QUERY = """
select exists (
  select from job
  where job_type = %s and hostname = %s and state = 'running' and latest_heartbeat > now() - %s
)
"""


def is_alive(command: str, url: str) -> bool:
    """Whether what `airflow <command>` runs on this host works; `url` is Airflow's database.

    A job is alive where it has told of itself lately, which the database knows: Airflow's own check loads all of Airflow,
    which takes seconds. The API server is asked for what tasks speak to; the first call builds it, before a task waits for it.
    """
    if command == "api-server":
        with urlopen("http://127.0.0.1:8080/execution/health", timeout=20) as answer:
            return bool(answer.status == 200)
    with psycopg2.connect(url.replace("+psycopg2", "", 1), connect_timeout=5) as connection, connection.cursor() as cursor:
        cursor.execute(_QUERY, (_JOBS[command], socket.gethostname(), _SILENCE))
        row = cursor.fetchone()
    return bool(row and row[0])
