"""`lakehouse__maintenance`: housekeeping of tables and of Airflow itself, once a day."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from airflow.sdk import DAG, BaseOperator, Param
from airflow.sdk.exceptions import AirflowException

from lakehouse_airflow.airflow_settings import LOGS, without_secrets
from lakehouse_airflow.defaults import by_time, task_settings
from lakehouse_airflow.names import MAINTENANCE
from lakehouse_airflow.runtime_operator import RuntimeOperator

RETENTION_DAYS = 30
"""For so long Airflow keeps runs, task instances and local logs."""

_SCHEDULE = "30 2 * * *"
_POOL = "default_pool"


def maintenance_dag(plan_hash: str) -> DAG:
    """The DAG for the whole lakehouse. With the parameter `dryRun` it only says what it would do."""
    with DAG(
        MAINTENANCE,
        schedule=by_time(_SCHEDULE),
        description="Compaction, retention and vacuum of all tables; retention of Airflow's own records and logs.",
        doc_md=__doc__,
        tags={"maintenance"},
        catchup=False,
        max_active_runs=1,
        dagrun_timeout=timedelta(hours=12),
        params={"dryRun": Param(False, type="boolean", title="Dry run", description="Only say what would be done.")},
        default_args=task_settings("platform", _POOL),
    ) as dag:
        RuntimeOperator(
            task_id="tables",
            verb="maintain",
            domain="",
            plan_hash=plan_hash,
            arguments=["{{ '--dry-run' if params['dryRun'] else '' }}"],
            is_last=True,
            doc_md="Compacts, expires and vacuums every table; never inside the rollback window.",
        )
        RetentionOperator(task_id="records", doc_md=f"Removes what is older than {RETENTION_DAYS} days from Airflow's database and logs.")
    return dag


class RetentionOperator(BaseOperator):
    """Removes Airflow's old records with `airflow db clean`, and old files from its log folder."""

    def execute(self, context: Any) -> None:
        before = datetime.now(timezone.utc) - timedelta(days=RETENTION_DAYS)
        is_dry = bool(context["params"]["dryRun"])
        clean = ["db", "clean", "--clean-before-timestamp", before.isoformat(), "--skip-archive", "--yes"]
        ended = subprocess.run(
            [sys.executable, "-m", "lakehouse_airflow", *clean, *(["--dry-run"] if is_dry else [])],
            env=without_secrets(os.environ),
            capture_output=True,
            text=True,
            check=False,
        )
        self.log.info("%s", ended.stdout)
        if ended.returncode != 0:
            raise AirflowException(f"airflow db clean ended with exit code {ended.returncode}: {ended.stderr[-2000:]}")
        old = old_files(Path(LOGS), time.time() - RETENTION_DAYS * 86_400)
        for file in old:
            self.log.info("%s %s", "would remove" if is_dry else "removing", file)
            if not is_dry:
                file.unlink(missing_ok=True)


def old_files(folder: Path, before: float) -> list[Path]:
    """The files below a folder that were last written before a moment, in seconds of the epoch; links are left alone."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink() and path.stat().st_mtime < before)
