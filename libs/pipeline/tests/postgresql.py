from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from pwd import getpwnam
from typing import IO
from urllib.parse import quote

import psutil
import psycopg
import pytest
from psycopg import sql

_PATIENCE = 60.0
_PASSWORD = "of the administrator"
# What is written must outlive a killed server, not a power failure.
_SETTINGS = {"fsync": "off", "max_connections": "40", "shared_buffers": "32MB", "unix_socket_directories": "", "log_line_prefix": "%m %p "}


class PostgresqlServer:
    """A PostgreSQL of its own on a free port of 127.0.0.1. It asks for passwords."""

    def __init__(self, programs: Path, folder: Path, log: IO[bytes]) -> None:
        self._programs = programs
        self._data = folder / "data"
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None
        self.port = _free_port()
        password = folder / "password"
        password.write_text(_PASSWORD)
        how = ["--username=postgres", f"--pwfile={password}", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"]
        user = _unprivileged()
        if user is not None:
            for path in (folder, password):
                shutil.chown(path, user)
        subprocess.run(
            [str(programs / "initdb"), f"--pgdata={self._data}", *how], check=True, stdout=log, stderr=log, cwd=folder, user=user
        )
        self.start()

    def url(self, database: str = "postgres", role: str = "postgres", password: str = _PASSWORD) -> str:
        """The URL of a database; the role and the database that it owns are made where they are missing."""
        with psycopg.connect(self._address("postgres", "postgres", _PASSWORD), autocommit=True) as connection:
            if connection.execute("select from pg_roles where rolname = %s", (role,)).fetchone() is None:
                connection.execute(sql.SQL("create role {} login password {}").format(sql.Identifier(role), sql.Literal(password)))
            if connection.execute("select from pg_database where datname = %s", (database,)).fetchone() is None:
                connection.execute(sql.SQL("create database {} owner {}").format(sql.Identifier(database), sql.Identifier(role)))
        return self._address(database, role, password)

    def start(self) -> None:
        """Starts it and waits until it answers."""
        settings = [argument for name, value in _SETTINGS.items() for argument in ("-c", f"{name}={value}")]
        self._process = subprocess.Popen(
            [str(self._programs / "postgres"), "-D", str(self._data), "-h", "127.0.0.1", "-p", str(self.port), *settings],
            stdout=self._log,
            stderr=self._log,
            cwd=self._data,
            user=_unprivileged(),
        )
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                psycopg.connect(self._address("postgres", "postgres", _PASSWORD), connect_timeout=5).close()
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    self.kill()
                    raise
                time.sleep(0.05)
            else:
                return

    def stop(self) -> None:
        """Ends it in order; connections are cut. Does nothing where it is not running."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(_PATIENCE)
            self._process = None

    def kill(self) -> None:
        """Ends all its processes at once, as when its machine loses power."""
        if self._process is not None and self._process.poll() is None:
            server = psutil.Process(self._process.pid)
            with suppress(psutil.NoSuchProcess):
                server.suspend()
            for process in [*server.children(recursive=True), server]:
                with suppress(psutil.NoSuchProcess):
                    process.kill()
            self._process.wait(_PATIENCE)
        self._process = None

    def restart(self) -> None:
        """Starts it again, after a stop or a kill too."""
        self.stop()
        self.start()

    def _address(self, database: str, role: str, password: str) -> str:
        return f"postgresql://{quote(role, safe='')}:{quote(password, safe='')}@127.0.0.1:{self.port}/{quote(database, safe='')}"


@contextmanager
def postgresql_server(tmp_path: Path) -> Iterator[PostgresqlServer]:
    """
    A running server that is gone afterwards; the test is skipped where PostgreSQL is not installed.

    `tmp_path` keeps its log. Its data lie elsewhere, because it refuses to run as root, and others may not enter pytest's folders.
    """
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL server; install one: apt-get install postgresql, or its programs in the PATH")
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    try:
        with (tmp_path / "postgresql.log").open("ab") as log:
            server = PostgresqlServer(programs, folder, log)
            try:
                yield server
            finally:
                server.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path | None:
    """The folder of the newest server; Debian does not put its programs in the PATH."""
    in_path = shutil.which("postgres")
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: float(path.parts[-3]))
    found = Path(in_path).resolve() if in_path else installed[-1] if installed else None
    return found.parent if found and found.with_name("initdb").is_file() else None


def _unprivileged() -> str | None:
    """Who runs it where we are root."""
    if os.geteuid() != 0:
        return None
    with suppress(KeyError):
        return getpwnam("postgres").pw_name
    return "nobody"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
