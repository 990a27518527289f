"""A platform on this machine: PostgreSQL, Spark Connect, a folder in place of the object store. Tasks on it are processes."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from connect_server import connect_server
from lakehouse import Lakehouse
from ledgers import open_database
from postgresql import PostgresqlServer, postgresql_server
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from pyspark.sql import SparkSession

from lakehouse_pipeline.applied_plan import apply_plan
from lakehouse_pipeline.connect_session import QueryServer
from lakehouse_pipeline.schema.plan import Plan
from lakehouse_pipeline.warehouse import Warehouse

DRIVER = Path(__file__).with_name("task_driver.py")


@dataclass(frozen=True)
class Answer:
    """How a task ended: its exit code, its events, and the value of the last one."""

    code: int
    events: list[dict[str, Any]]
    errors: str

    @property
    def value(self) -> dict[str, Any]:
        assert self.events, self.errors
        assert self.events[-1]["event"] == "result", self.events[-3:]
        return dict(self.events[-1]["value"])

    @property
    def problems(self) -> list[str]:
        return [event["code"] for event in self.events if event["event"] == "problem"]


class Process:
    """A task under way."""

    def __init__(self, command: list[str], environment: Mapping[str, str]) -> None:
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.events: list[dict[str, Any]] = []

    def says(self, event: str, step: str, subject: str) -> None:
        """Waits until it emits an event."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.events.append(json.loads(line))
            found = self.events[-1]
            if (found["event"], found.get("step"), found.get("subject")) == (event, step, subject):
                return
        raise AssertionError(f"it ended without: {event} {step} {subject}\n{self.events}\n{self.end().errors}")

    def end(self) -> Answer:
        """Waits for its end."""
        output, errors = self.process.communicate(timeout=300)
        self.events += [json.loads(line) for line in output.splitlines()]
        return Answer(self.process.returncode, self.events, errors)


class Platform:
    """A lakehouse on the platform, with a database and a folder of its own."""

    def __init__(self, folder: Path, lakehouse: Lakehouse, address: dict[str, str], server: QueryServer) -> None:
        self.folder = folder
        self.lakehouse = lakehouse
        self.address = address
        secrets = {"connect": server.token, "ledger": address["password"]}
        for name, value in secrets.items():
            (folder / name).write_text(value)
        drop = lakehouse.drop.as_uri()
        self.environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "LAKEHOUSE_CONNECT": server.address,
            "LAKEHOUSE_CONNECT_TOKEN_FILE": str(folder / "connect"),
            "LAKEHOUSE_LEDGER_HOST": address["host"],
            "LAKEHOUSE_LEDGER_PORT": address["port"],
            "LAKEHOUSE_TEST_DATABASE": address["dbname"],
            "LAKEHOUSE_LEDGER_PASSWORD_FILE": str(folder / "ledger"),
            **{f"LAKEHOUSE_CONNECTION_{name}_FILES": drop for name in ("ORDERS", "SHOPS")},
        }
        self.apply()

    def apply(self) -> None:
        """Applies the lakehouse's plan."""
        plan = self.lakehouse.plan
        apply_plan(Warehouse(f"{self.lakehouse.home.path / 'warehouse'}/"), plan, plan.model_dump_json(by_alias=True).encode())

    def start(self, *words: str, point: str = "") -> Process:
        """Starts a verb on the domain; `point` says where it dies or waits."""
        verb, *rest = words
        warehouse = str(self.lakehouse.home.path / "warehouse")
        return Process([sys.executable, str(DRIVER), warehouse, point, verb, "--domain", "sales", *rest], self.environment)

    def do(self, *words: str, point: str = "") -> Answer:
        return self.start(*words, point=point).end()

    def ledger(self, statement: str, *parameters: object) -> list[Mapping[str, Any]]:
        with closing(open_database(self.address)) as database:
            return list(database.rows(statement, *parameters))


@pytest.fixture(scope="session")
def database_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresqlServer]:
    with postgresql_server(tmp_path_factory.mktemp("postgresql")) as started:
        yield started


@pytest.fixture(scope="session")
def query_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QueryServer]:
    with connect_server(tmp_path_factory.mktemp("connect")) as server:
        yield server


_NUMBERS = itertools.count()


def new_platform(folder: Path, plan: Plan, server: QueryServer, database: PostgresqlServer) -> Platform:
    """An empty one."""
    folder.mkdir()
    return Platform(folder, Lakehouse(folder, plan, no_spark), _address(database, f"platform_{next(_NUMBERS)}"), server)


def copied(platform: Platform, folder: Path, server: QueryServer, database: PostgresqlServer) -> Platform:
    """Another one, in which all is as it is in this one."""
    name = f"platform_{next(_NUMBERS)}"
    copy = sql.SQL("create database {} template {} owner lakehouse")
    with closing(psycopg.connect(database.url(), autocommit=True)) as connection:
        connection.execute(copy.format(sql.Identifier(name), sql.Identifier(platform.address["dbname"])))
    shutil.copytree(platform.folder, folder)
    return Platform(folder, Lakehouse(folder, platform.lakehouse.plan, no_spark), _address(database, name), server)


def no_spark() -> SparkSession:
    raise AssertionError("the test's own process needs no Spark")


def _address(database: PostgresqlServer, name: str) -> dict[str, str]:
    return {key: str(value) for key, value in conninfo_to_dict(database.url(name, "lakehouse", "secret")).items()}
