"""`python -m lakehouse_airflow <command>`: Airflow with the settings and secrets of the platform.

`prepare` brings the database up to date, `healthy` tells whether what this container was started for works; every other
command is Airflow's own.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from lakehouse_airflow.airflow_settings import ADMIN, PASSWORDS, airflow_environment

_SECRETS = Path("/run/secrets")
_STARTED = Path("/tmp/airflow-command")
"""What this container was started for."""


def main(arguments: list[str]) -> int:
    os.environ.update(airflow_environment(os.environ, _secret))
    # Each is imported where it is meant: a health check is asked for again and again.
    if arguments == ["healthy"]:
        from lakehouse_airflow.health import is_alive

        return 0 if is_alive(_STARTED.read_text(encoding="utf-8"), os.environ["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"]) else 1
    if arguments == ["prepare"]:
        from lakehouse_airflow.prepare import prepare

        prepare()
        return 0
    if os.getppid() <= 1:
        _STARTED.write_text(arguments[0], encoding="utf-8")
    if arguments[:1] == ["api-server"]:
        _write_passwords()
    # Not as a new program, whose environment anybody in the container could read in /proc.
    from airflow.__main__ import main as airflow

    sys.argv = ["airflow", *arguments]
    airflow()
    return 0


def _write_passwords() -> None:
    """Where the simple auth manager reads accounts from; it would make up a password for one that is not there."""
    file = Path(PASSWORDS)
    file.touch(mode=0o600)
    file.write_text(json.dumps({ADMIN: _secret("airflow-admin")}), encoding="utf-8")


def _secret(name: str) -> str:
    return (_SECRETS / name).read_text(encoding="utf-8").strip()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
