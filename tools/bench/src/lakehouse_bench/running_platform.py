"""A platform of the bench: in a fresh home, on free ports, ended afterwards with its data."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from lakehouse_bench.watched import MeasurementError, own_environment, run_watched

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from lakehouse_bench.laboratory import Laboratory
    from lakehouse_bench.watched import Watched

_PORTS = ("S3", "S3_CONSOLE", "THRIFT", "QUERY_SERVER", "SPARK", "HISTORY", "AIRFLOW", "SUPERSET")


@contextmanager
def running_platform(lab: Laboratory, name: str, without: Sequence[str] = ()) -> Iterator[tuple[Path, Watched]]:
    """A platform `without` these parts in a home of this name, and how it came up; ended with its data after the block."""
    home = lab.fresh_folder(name)
    ports = {f"LAKEHOUSE_PORT_{port}": str(_free_port()) for port in _PORTS}
    left_out = [word for part in without for word in ("--without", part)]
    try:
        yield home, lakehouse(lab, home, "up", *left_out, **ports)
    finally:
        lakehouse(lab, home, "down", "--volumes", "--yes")


def lakehouse(lab: Laboratory, home: Path, *words: str, **variables: str) -> Watched:
    """`./lakehouse` with these words on a home."""
    command = [str(lab.workspace.root / "lakehouse"), *words]
    return run_watched(command, own_environment(LAKEHOUSE_HOME=str(home), **variables), lab.workspace.root)


def memory_of(lab: Laboratory, home: Path) -> dict[str, int]:
    """Bytes that each service takes, a while after all came up."""
    time.sleep(10)
    status = json.loads("\n".join(line for _, line in lakehouse(lab, home, "status", "--json").lines))
    return {service["service"]: service["memory"] or 0 for service in status["services"]}


def image_size(image: str) -> int:
    """Bytes of an image, named with its tag; 0 where the engine has none of this name."""
    answer = ask_engine("images", "--quiet", image)
    return int(ask_engine("image", "inspect", "--format", "{{.Size}}", image)) if answer else 0


def ask_engine(*words: str) -> str:
    """What the command line of Docker answers; raises MeasurementError where it fails or is not there."""
    try:
        asked = subprocess.run(["docker", *words], capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise MeasurementError("There is no docker on this machine: ./lakehouse doctor says what the platform needs.") from error
    if asked.returncode != 0:
        raise MeasurementError(f"docker {' '.join(words)}: {asked.stderr.strip()}")
    return asked.stdout.strip()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
