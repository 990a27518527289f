"""A Spark Connect server of the tests' own, in a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lakehouse_pipeline.connect_session import QueryServer

TOKEN = "of the tests"
SERVER = """
import sys
from lakehouse_pipeline.home import open_home
from lakehouse_pipeline.session import embedded_session
embedded_session(open_home(sys.argv[1]))
print("up", flush=True)
sys.stdin.read()
"""


@contextmanager
def connect_server(folder: Path) -> Iterator[QueryServer]:
    """A server that is gone afterwards; it has the lakehouse's own settings."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {
        "spark.plugins": "org.apache.spark.sql.connect.SparkConnectPlugin",
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.connect.grpc.binding.port": str(port),
        "spark.connect.authenticate.token": TOKEN,
        "spark.connect.progress.reportInterval": "200ms",
    }
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(sys.path),
        "LAKEHOUSE_SPARK_SETTINGS": "\n".join(f"{name}={value}" for name, value in settings.items()),
        "LAKEHOUSE_MASTER": "local[2]",
        "LAKEHOUSE_DRIVER_MEMORY": "2g",
    }
    environment.pop("SPARK_CONNECT_MODE_ENABLED", None)
    with (
        (folder / "connect.log").open("wb") as log,
        subprocess.Popen(
            [sys.executable, "-c", SERVER, str(folder / "home")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env=environment,
        ) as server,
    ):
        assert server.stdout is not None
        assert server.stdin is not None
        try:
            assert server.stdout.readline() == b"up\n", (folder / "connect.log").read_text()
            yield QueryServer(f"127.0.0.1:{port}", TOKEN)
        finally:
            server.stdin.close()
