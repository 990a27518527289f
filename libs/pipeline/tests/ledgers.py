"""The platform's database on a server of the tests' own."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from postgresql import PostgresqlServer, postgresql_server
from psycopg.conninfo import conninfo_to_dict

from lakehouse_pipeline.leases import lease_schema
from lakehouse_pipeline.ledger import ledger_schema
from lakehouse_pipeline.postgresql_database import PostgresqlDatabase

_NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresqlServer]:
    with postgresql_server(tmp_path_factory.mktemp("postgresql")) as started:
        yield started


@pytest.fixture
def address(server: PostgresqlServer) -> dict[str, str]:
    """A database of the test's own."""
    found = conninfo_to_dict(server.url(f"ledger_{next(_NUMBERS)}", "lakehouse", "secret"))
    return {name: str(value) for name, value in found.items()}


def open_database(address: dict[str, str]) -> PostgresqlDatabase:
    return PostgresqlDatabase(address, ledger_schema() + lease_schema())
