"""Brings Airflow's database to what this version needs. May run any number of times, also beside running services."""

from __future__ import annotations

import os
import sys
import time

import psycopg2
from airflow.__main__ import main as airflow

_PATIENCE_SECONDS = 120.0


def prepare() -> None:
    """Waits for PostgreSQL and migrates the database.

    Raises psycopg2.OperationalError where PostgreSQL does not answer in two minutes.
    """
    _await_database(os.environ["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"].replace("+psycopg2", "", 1))
    sys.argv = ["airflow", "db", "migrate"]
    airflow()


def _await_database(url: str) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            psycopg2.connect(url, connect_timeout=5).close()
        except psycopg2.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(1)
        else:
            return
